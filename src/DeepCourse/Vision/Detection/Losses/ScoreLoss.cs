using DeepCourse.Losses;

namespace DeepCourse.Vision.Detection;

/// <summary>How wrong the scores of anchors are, each class a yes-or-no question without a class for
/// background.</summary>
/// <param name="Name">As tables name it.</param>
/// <param name="Each">From logits and targets, 0 to 1, of the same shape to losses of that shape.</param>
/// <param name="LearnsQuality">Whether the target of an object's class is how good the anchor's box is, not 1.</param>
/// <param name="Negatives">Which backgrounds count; all by default.</param>
public sealed record ScoreLoss(
    string Name, Func<Tensor, Tensor, Tensor> Each, bool LearnsQuality = false, HardNegatives? Negatives = null)
{
    /// <summary>Plain binary cross entropy.</summary>
    public static ScoreLoss BinaryCrossEntropy { get; } = new("BCE", Entropy);

    /// <summary>Binary cross entropy towards the quality of the box.</summary>
    public static ScoreLoss QualityCrossEntropy { get; } = new("quality BCE", Entropy, LearnsQuality: true);

    /// <summary>Binary cross entropy of the objects and the hardest backgrounds.</summary>
    /// <param name="perObject">Backgrounds for every anchor with an object.</param>
    /// <returns>The loss.</returns>
    public static ScoreLoss HardNegatives(double perObject = 3) =>
        new("hard negatives", Entropy, Negatives: new(perObject));

    /// <summary>Focal loss.</summary>
    /// <param name="alpha">The weight of the objects; the backgrounds have the rest to 1.</param>
    /// <param name="gamma">How strongly easy anchors are held down.</param>
    /// <param name="detached">Whether the modulating factor is a weight that no gradient flows through.</param>
    /// <returns>The loss.</returns>
    public static ScoreLoss Focal(double alpha = 0.25, double gamma = 2, bool detached = false) =>
        new("focal", new FocalLoss(alpha, gamma, detached).Each);

    /// <summary>Focal loss towards the quality of the box.</summary>
    /// <param name="beta">How strongly good answers are held down.</param>
    /// <returns>The loss.</returns>
    public static ScoreLoss QualityFocal(double beta = 2) =>
        new("quality focal", new QualityFocalLoss(beta).Each, LearnsQuality: true);

    /// <summary>Varifocal loss: backgrounds as in focal loss, objects by the quality of the box.</summary>
    /// <param name="alpha">The weight of the backgrounds.</param>
    /// <param name="gamma">How strongly easy backgrounds are held down.</param>
    /// <returns>The loss.</returns>
    public static ScoreLoss Varifocal(double alpha = 0.75, double gamma = 2) =>
        new("varifocal", new VarifocalLoss(alpha, gamma).Each, LearnsQuality: true);

    /// <summary>The loss of each anchor.</summary>
    /// <param name="logits">[batch, anchors, classes].</param>
    /// <param name="targets">Of the same shape; zeros for background.</param>
    /// <param name="matches">Those of the same anchors; ignored ones count nothing.</param>
    /// <returns>[batch, anchors], summed over the classes.</returns>
    public Tensor Of(Tensor logits, Tensor targets, Matches matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        using var scope = torch.NewDisposeScope();
        var each = Each(logits, targets).sum(-1);
        var counted = Negatives?.Kept(each.detach(), matches) ?? matches.Taught;
        return (each * counted).MoveToOuterDisposeScope();
    }

    private static Tensor Entropy(Tensor logits, Tensor targets) =>
        functional.binary_cross_entropy_with_logits(logits, targets, reduction: Reduction.None);
}
