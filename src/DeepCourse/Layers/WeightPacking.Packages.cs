namespace DeepCourse.Layers;

/// <summary>Lays the weights of convolutions out as the processor's kernels read them, for a network that only answers from now
/// on. The package can't: its layers stay as they are.</summary>
public static class WeightPacking
{
    /// <summary>Packs nothing.</summary>
    /// <param name="model">It is put in evaluation mode.</param>
    /// <returns>0.</returns>
    public static int Apply(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.eval();
        return 0;
    }
}
