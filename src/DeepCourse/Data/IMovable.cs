namespace DeepCourse.Data;

/// <summary>Something that can be brought to another device: records of tensors implement it field by field.</summary>
/// <typeparam name="TSelf">The implementing record itself.</typeparam>
public interface IMovable<TSelf>
{
    /// <summary>Returns the same values on the given device; the original stays as it was.</summary>
    /// <param name="device">Where the copy should live.</param>
    TSelf To(torch.Device device);
}
