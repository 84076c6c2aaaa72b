namespace DeepCourse.Vision.Detection;

/// <summary>The course's loss of a single-shot detector.</summary>
/// <remarks>Parts, each summed over the pictures of the batch: <c>classes</c>, the scores' loss over all anchors divided by
/// the number of classes, and <c>boxes</c>, the mean distance of the edges over the anchors with an object. A score of
/// background, if the head gives one after the classes, counts nothing. A picture without objects has no part in
/// <c>boxes</c>; in the course it made the loss NaN.</remarks>
public sealed class CourseLoss : DetectionLoss
{
    private readonly TanhCoding _coding = new();
    private readonly int _classes;
    private readonly ScoreLoss _scores;
    private readonly OverlapMatcher _matcher;

    /// <summary>The loss for anchors and classes.</summary>
    /// <param name="anchors">The anchors of the model's output; outputs that carry their own need none here.</param>
    /// <param name="classes">The number of classes, without background.</param>
    /// <param name="scores">By default binary cross entropy; the course's second is <see cref="ScoreLoss.Focal"/>,
    /// detached.</param>
    /// <param name="matcher">By default <see cref="OverlapMatcher.Course"/>.</param>
    public CourseLoss(Anchors? anchors, int classes, ScoreLoss? scores = null, OverlapMatcher? matcher = null)
        : base(anchors, ("classes", 1), ("boxes", 1))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (_classes, _scores, _matcher) =
            (classes, scores ?? ScoreLoss.BinaryCrossEntropy, matcher ?? OverlapMatcher.Course);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Parts(DetectionOutput output, DetectionTargets targets, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(output);
        var matches = _matcher.Of(anchors, targets);
        var wanted = matches.BoxesOf(targets, anchors);
        var hot = OneHot(matches.ClassesOf(targets), _classes, output.Scores.dtype);
        var objects = matches.Objects;
        var off = BoxMeans(_coding.Decode(output.Boxes, anchors), wanted) * objects;
        var mean = off.sum(1) / objects.sum(1).clamp(min: 1);
        return [_scores.Of(output.Scores.narrow(-1, 0, _classes), hot, matches).sum() / _classes, mean.sum()];
    }

    // Of shares of the picture, as in the course.
    private static Tensor BoxMeans(Tensor found, Tensor wanted) => (found - wanted).abs().mean([-1L]);
}
