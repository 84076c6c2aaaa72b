using DeepCourse.Tensors;

namespace DeepCourse.Losses;

/// <summary>One minus the overlap of two masks: 2 |A and B| / (|A| + |B|), with probabilities for A.</summary>
/// <param name="Smoothing">Added above and below the line, so that two empty masks agree.</param>
/// <remarks>Milletari et al. 2016 (arXiv 1606.04797), section 3, with plain sums instead of squares below the
/// line.</remarks>
public sealed record DiceLoss(double Smoothing = 1)
{
    /// <summary>The mean over the batch of each item's loss.</summary>
    /// <param name="output">Logits, [batch, ...].</param>
    /// <param name="targets">Masks of 0 and 1, float, of the same shape.</param>
    public Tensor Of(Tensor output, Tensor targets)
    {
        Guard.SameShape(targets, output);
        var predicted = output.sigmoid().flatten(1);
        var there = targets.flatten(1);
        var common = (predicted * there).sum(1) * 2 + Smoothing;
        var both = predicted.sum(1) + there.sum(1) + Smoothing;
        return (1 - common / both).mean();
    }
}
