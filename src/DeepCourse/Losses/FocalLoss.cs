using DeepCourse.Tensors;

namespace DeepCourse.Losses;

/// <summary>Binary cross entropy in which easy examples count little.</summary>
/// <param name="Alpha">The weight of the positives; the negatives have the rest to 1.</param>
/// <param name="Gamma">How strongly easy examples are held down; 0 does not at all.</param>
/// <param name="Detached">Whether (1 - p)^g is a weight that no gradient flows through, as where it is handed to a
/// cross entropy as its weight; the paper's loss is without.</param>
/// <remarks>Lin et al. 2017 (arXiv 1708.02002), eq. 5: -a (1 - p)^g log(p), where p is the probability of the
/// truth.</remarks>
public sealed record FocalLoss(double Alpha = 0.25, double Gamma = 2, bool Detached = false)
{
    /// <summary>The sum over all answers, divided by the number of positives (at least 1), as section 4.1 has
    /// it.</summary>
    /// <param name="output">Logits of any shape.</param>
    /// <param name="targets">0 or 1, float, of the same shape.</param>
    public Tensor Of(Tensor output, Tensor targets) => Each(output, targets).sum() / targets.sum().clamp(min: 1);

    /// <summary>The loss of each answer.</summary>
    /// <param name="output">Logits of any shape.</param>
    /// <param name="targets">0 or 1, float, of the same shape.</param>
    /// <returns>The same shape.</returns>
    public Tensor Each(Tensor output, Tensor targets)
    {
        Guard.SameShape(targets, output);
        var entropy = functional.binary_cross_entropy_with_logits(output, targets, reduction: Reduction.None);
        var probability = (Detached ? output.detach() : output).sigmoid();
        var ofTruth = probability * targets + (1 - probability) * (1 - targets);
        var weight = targets * Alpha + (1 - targets) * (1 - Alpha);
        return weight * (1 - ofTruth).pow(Gamma) * entropy;
    }
}
