namespace DeepCourse.Layers;

/// <summary>Readies networks of convolutions for a GPU. The package can't lay weights otherwise.</summary>
public static class GpuConvolutions
{
    /// <summary>Does nothing with the package.</summary>
    /// <param name="model">On its final device.</param>
    /// <returns>The model itself.</returns>
    public static TModule Prepare<TModule>(TModule model) where TModule : Module => model;
}
