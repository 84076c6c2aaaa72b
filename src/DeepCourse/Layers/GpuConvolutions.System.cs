using DeepCourse.Native;

namespace DeepCourse.Layers;

/// <summary>Readies networks of convolutions for a GPU.</summary>
public static class GpuConvolutions
{
    /// <summary>On a GPU lays weights with channels last, as its matrix units read them, and lets cuDNN time its algorithms
    /// once for each shape of batches. On a CPU does nothing.</summary>
    /// <param name="model">On its final device; few shapes of batches should come.</param>
    /// <returns>The model itself.</returns>
    public static TModule Prepare<TModule>(TModule model) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.parameters().FirstOrDefault()?.device_type != DeviceType.CUDA) return model;
        Cudnn.Benchmark = true;
        return ChannelsLast.Apply(model);
    }
}
