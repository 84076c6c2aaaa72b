using DeepCourse.Tensors;

namespace DeepCourse.Losses;

/// <summary>Binary cross entropy towards soft targets in which good answers count little.</summary>
/// <param name="Beta">How strongly good answers are held down; 0 does not at all.</param>
/// <remarks>Li et al. 2020 (arXiv 2006.04388), eq. 4: |t - p|^b times the cross entropy of p with the target t.</remarks>
public sealed record QualityFocalLoss(double Beta = 2)
{
    /// <summary>The loss of each answer.</summary>
    /// <param name="output">Logits of any shape.</param>
    /// <param name="targets">0 to 1, float, of the same shape.</param>
    /// <returns>The same shape.</returns>
    public Tensor Each(Tensor output, Tensor targets)
    {
        Guard.SameShape(targets, output);
        var entropy = functional.binary_cross_entropy_with_logits(output, targets, reduction: Reduction.None);
        return (output.sigmoid() - targets).abs().pow(Beta) * entropy;
    }
}
