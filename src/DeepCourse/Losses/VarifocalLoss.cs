using DeepCourse.Tensors;

namespace DeepCourse.Losses;

/// <summary>Binary cross entropy in which easy negatives count little and positives count by their quality.</summary>
/// <param name="Alpha">The weight of the negatives.</param>
/// <param name="Gamma">How strongly easy negatives are held down; 0 does not at all.</param>
/// <remarks>Zhang et al. 2021 (arXiv 2008.13367), eq. 2: q times the cross entropy with q where q is above 0, otherwise
/// -a p^g log(1 - p).</remarks>
public sealed record VarifocalLoss(double Alpha = 0.75, double Gamma = 2)
{
    /// <summary>The loss of each answer.</summary>
    /// <param name="output">Logits of any shape.</param>
    /// <param name="targets">The quality of positives, above 0 to 1, and 0 for negatives; float, of the same shape.</param>
    /// <returns>The same shape.</returns>
    public Tensor Each(Tensor output, Tensor targets)
    {
        Guard.SameShape(targets, output);
        var entropy = functional.binary_cross_entropy_with_logits(output, targets, reduction: Reduction.None);
        var ofNegatives = output.sigmoid().pow(Gamma) * Alpha;
        return where(targets.gt(0), targets, ofNegatives) * entropy;
    }
}
