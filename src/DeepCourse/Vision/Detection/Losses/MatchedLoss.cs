namespace DeepCourse.Vision.Detection;

/// <summary>The loss of dense heads, put together: who answers for what, how scores count and how boxes count.</summary>
/// <remarks>Parts: <c>classes</c>, <c>boxes</c> and, for a coding of distributions, <c>distribution</c>. Each is a sum
/// over all anchors of the batch divided by the number of anchors with an object (at least 1), as RetinaNet does it; where
/// the scores learn the quality of boxes, an anchor counts by its quality. The output has one score for each class and
/// none for background.</remarks>
public sealed class MatchedLoss : DetectionLoss
{
    private readonly IBoxCoding _coding;
    private readonly IMatcher _matcher;
    private readonly ScoreLoss _scores;
    private readonly BoxLoss _boxes;

    /// <summary>Puts a loss together.</summary>
    /// <param name="anchors">The anchors of the model's output; outputs that carry their own need none here.</param>
    /// <param name="coding">How the head says where a box is.</param>
    /// <param name="matcher">Who answers for what.</param>
    /// <param name="scores">How scores count.</param>
    /// <param name="boxes">How boxes count.</param>
    /// <param name="boxWeight">The weight of the boxes beside the scores.</param>
    /// <param name="distributionWeight">The weight of distribution focal loss, for <see cref="DistributionCoding"/>.</param>
    public MatchedLoss(
        Anchors? anchors,
        IBoxCoding coding,
        IMatcher matcher,
        ScoreLoss scores,
        BoxLoss boxes,
        double boxWeight = 1,
        double distributionWeight = 0.5)
        : base(anchors, Named(coding, boxWeight, distributionWeight)) =>
        (_coding, _matcher, _scores, _boxes) = (coding, matcher, scores, boxes);

    /// <summary>The loss for points without anchors: task-aligned matching, varifocal scores and GIoU.</summary>
    /// <param name="anchors">Those of <see cref="AnchorGrid.Points"/>; outputs that carry their own need none
    /// here.</param>
    /// <param name="coding">By default <see cref="DistanceCoding"/>.</param>
    /// <param name="matcher">By default <see cref="TaskAlignedMatcher"/>.</param>
    /// <param name="scores">By default <see cref="ScoreLoss.Varifocal"/>.</param>
    /// <param name="boxes">By default <see cref="BoxLoss.GeneralizedIoU"/>.</param>
    /// <param name="boxWeight">The weight of the boxes beside the scores.</param>
    /// <returns>The loss.</returns>
    public static MatchedLoss AnchorFree(
        Anchors? anchors = null,
        IBoxCoding? coding = null,
        IMatcher? matcher = null,
        ScoreLoss? scores = null,
        BoxLoss? boxes = null,
        double boxWeight = 2.5) => new(
            anchors,
            coding ?? new DistanceCoding(),
            matcher ?? new TaskAlignedMatcher(),
            scores ?? ScoreLoss.Varifocal(),
            boxes ?? BoxLoss.GeneralizedIoU,
            boxWeight);

    /// <summary>RetinaNet's loss: focal scores, smooth L1 of offsets, a band of ignored anchors.</summary>
    /// <param name="anchors">Those of <see cref="AnchorGrid.RetinaNet"/>; outputs that carry their own need none
    /// here.</param>
    /// <param name="scores">By default <see cref="ScoreLoss.Focal"/>.</param>
    /// <param name="boxes">By default <see cref="BoxLoss.SmoothOffsets"/>.</param>
    /// <returns>The loss.</returns>
    /// <remarks>Lin et al. 2017 (arXiv 1708.02002), section 4. Start the last layer of scores with
    /// <see cref="Heads.DetectionHead.StartAt"/>.</remarks>
    public static MatchedLoss RetinaNet(Anchors? anchors = null, ScoreLoss? scores = null, BoxLoss? boxes = null) => new(
        anchors,
        OffsetCoding.RetinaNet,
        OverlapMatcher.RetinaNet,
        scores ?? ScoreLoss.Focal(),
        boxes ?? BoxLoss.SmoothOffsets());

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Parts(DetectionOutput output, DetectionTargets targets, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(anchors);
        var decoded = _coding.Decode(output.Boxes, anchors);
        var predictions = _matcher.LooksAtPredictions
            ? new Predictions(output.Scores.detach().sigmoid(), decoded.detach())
            : null;
        var matches = _matcher.Of(anchors, targets, predictions);
        var wanted = matches.BoxesOf(targets, anchors);
        var hot = OneHot(matches.ClassesOf(targets), output.Scores.size(-1), output.Scores.dtype);
        var weights = matches.Objects.to(output.Scores.dtype);
        if (_scores.LearnsQuality)
        {
            weights = matches.Quality ?? BoxMath.PairedIoU(decoded.detach(), wanted) * weights;
            hot *= weights.unsqueeze(-1);
        }
        var count = weights.sum().clamp(min: 1);
        List<Tensor> parts =
        [
            _scores.Of(output.Scores, hot, matches).sum() / count,
            (_boxes.Each(output.Boxes, decoded, wanted, anchors, _coding) * weights).sum() / count,
        ];
        if (_coding is DistributionCoding bins)
            parts.Add((bins.Each(output.Boxes, wanted, anchors) * weights).sum() / count);
        return parts;
    }

    private static (string Name, double Weight)[] Named(IBoxCoding coding, double boxWeight, double distributionWeight) =>
        coding is DistributionCoding
            ? [("classes", 1), ("boxes", boxWeight), ("distribution", distributionWeight)]
            : [("classes", 1), ("boxes", boxWeight)];
}
