using DeepCourse.Native;

namespace DeepCourse.Layers;

/// <summary>Lays the weights of convolutions out as the processor's kernels read them, for a network that only answers from now
/// on.</summary>
/// <remarks>On a CPU, for a picture or a few, the convolutions of deep layers otherwise spend much of their time on putting
/// their weights in order. Pictures whose channels lie next to each other in memory (<see cref="ChannelsLast"/>) go
/// through fastest: pooling is quicker on them too. Needs as much memory again as the weights. Fold normalisations before
/// (<see cref="NormFolding"/>); afterwards the weights must not change.</remarks>
public static class WeightPacking
{
    /// <summary>Packs the convolutions of a model.</summary>
    /// <param name="model">It is put in evaluation mode; only passes without gradients use the packed weights.</param>
    /// <returns>How many layers were packed; 0 where the tensor library can't.</returns>
    public static int Apply(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.eval();
        return model.modules().OfType<Conv2d>().Distinct<Conv2d>(ReferenceEqualityComparer.Instance).Count(PackedConvolution.Pack);
    }
}
