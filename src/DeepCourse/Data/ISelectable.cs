namespace DeepCourse.Data;

/// <summary>A record of tensors from which items can be picked along the first axis.</summary>
/// <typeparam name="TSelf">The implementing record itself.</typeparam>
public interface ISelectable<TSelf>
{
    /// <summary>Picks items, field by field.</summary>
    /// <param name="indices">int64, [count], on the device of the record.</param>
    /// <returns>A record whose tensors are [count, ...].</returns>
    TSelf Select(Tensor indices);
}
