namespace DeepCourse.Vision.Detection;

/// <summary>SSD's loss: softmax over the classes and background, hard backgrounds only, smooth L1 of offsets.</summary>
/// <remarks>Liu et al. 2016 (arXiv 1512.02325), eq. 1. The output's last score is background's. Parts: <c>classes</c> and
/// <c>boxes</c>, each summed over the batch and divided by the number of anchors with an object (at least 1).</remarks>
public sealed class MultiBoxLoss : DetectionLoss
{
    private readonly IMatcher _matcher;
    private readonly IBoxCoding _coding;
    private readonly HardNegatives _negatives;
    private readonly BoxLoss _boxes;

    /// <summary>The loss for anchors.</summary>
    /// <param name="anchors">The anchors of the model's output; outputs that carry their own need none here.</param>
    /// <param name="coding">By default <see cref="OffsetCoding.Ssd"/>.</param>
    /// <param name="matcher">By default <see cref="OverlapMatcher.Ssd"/>.</param>
    /// <param name="negatives">By default three backgrounds for every object.</param>
    /// <param name="boxes">By default <see cref="BoxLoss.SmoothOffsets"/>.</param>
    public MultiBoxLoss(
        Anchors? anchors = null,
        IBoxCoding? coding = null,
        IMatcher? matcher = null,
        HardNegatives? negatives = null,
        BoxLoss? boxes = null)
        : base(anchors, ("classes", 1), ("boxes", 1)) => (_coding, _matcher, _negatives, _boxes) =
            (coding ?? OffsetCoding.Ssd, matcher ?? OverlapMatcher.Ssd, negatives ?? new(), boxes ?? BoxLoss.SmoothOffsets());

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Parts(DetectionOutput output, DetectionTargets targets, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(anchors);
        var decoded = _coding.Decode(output.Boxes, anchors);
        var logs = output.Scores.log_softmax(-1);
        var background = output.Scores.size(-1) - 1;
        var predictions = _matcher.LooksAtPredictions
            ? new Predictions(logs.detach().narrow(-1, 0, background).exp(), decoded.detach())
            : null;
        var matches = _matcher.Of(anchors, targets, predictions);
        var wanted = matches.BoxesOf(targets, anchors);
        var classes = matches.ClassesOf(targets);
        var entropy = -logs.gather(-1, classes.masked_fill(classes.lt(0), background).unsqueeze(-1)).squeeze(-1);
        var kept = _negatives.Kept(-logs.detach().select(-1, background), matches);
        var objects = matches.Objects;
        var count = objects.sum().clamp(min: 1);
        return
        [
            (entropy * kept).sum() / count,
            (_boxes.Each(output.Boxes, decoded, wanted, anchors, _coding) * objects).sum() / count,
        ];
    }
}
