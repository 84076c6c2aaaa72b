namespace DeepCourse.Data;

/// <summary>Brings batches to a device, be they tensors or records of tensors.</summary>
public static class Movable
{
    /// <summary>Brings a tensor to a device; from the CPU to CUDA through pinned memory, without waiting for the copy.</summary>
    /// <param name="tensor">Any shape and type.</param>
    /// <param name="device">Where the values should live.</param>
    /// <returns>The tensor itself where it is there already, otherwise a copy.</returns>
    public static Tensor Place(this Tensor tensor, torch.Device device)
    {
        if (device.type == DeviceType.CPU && tensor.device.type == DeviceType.CPU) return tensor;
        if (device.type != DeviceType.CUDA || tensor.device.type != DeviceType.CPU) return tensor.to(device);
        // A copy from pageable memory makes the CPU wait; pinning is a copy at memory speed, and the caching host
        // allocator keeps the block until the transfer is done.
        using var pinned = tensor.pin_memory();
        return pinned.to(device, non_blocking: true);
    }

    /// <summary>Brings a tensor or a record of tensors to a device.</summary>
    /// <typeparam name="T">A tensor or an <see cref="IMovable{TSelf}"/>.</typeparam>
    /// <param name="value">What to bring.</param>
    /// <param name="device">Where the values should live.</param>
    /// <exception cref="ArgumentException">The type is neither.</exception>
    public static T To<T>(T value, torch.Device device) => value switch
    {
        Tensor tensor => (T)(object)tensor.Place(device),
        IMovable<T> movable => movable.To(device),
        _ => throw new ArgumentException(
            $"{typeof(T).Name} can't be brought to {device}: let it implement IMovable<{typeof(T).Name}>.", nameof(value)),
    };

    /// <summary>Brings a batch to a device.</summary>
    /// <typeparam name="TX">A tensor or an <see cref="IMovable{TSelf}"/>.</typeparam>
    /// <typeparam name="TY">A tensor or an <see cref="IMovable{TSelf}"/>.</typeparam>
    /// <param name="batch">What to bring.</param>
    /// <param name="device">Where the values should live.</param>
    /// <exception cref="ArgumentException">The type of inputs or targets is neither.</exception>
    public static Batch<TX, TY> To<TX, TY>(this Batch<TX, TY> batch, torch.Device device) =>
        new(To(batch.Inputs, device), To(batch.Targets, device), batch.Size);
}
