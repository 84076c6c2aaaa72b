namespace DeepCourse.Vision.Detection;

/// <summary>YOLOv3's loss, term by term as darknet computes its gradients.</summary>
/// <remarks>
/// <para>The output's first score is that of there being an object at all; those of the classes follow. The boxes are in
/// <see cref="YoloCoding"/>. Parts, each summed over the anchors and averaged over the pictures: <c>places</c>, binary
/// cross entropy of the middle's place in the cell; <c>sizes</c>, half the squared difference of the logarithms;
/// <c>objects</c> and <c>classes</c>, binary cross entropies.</para>
/// <para>Redmon and Farhadi 2018 (arXiv 1804.02767), section 2. As in darknet's code, places and sizes are weighted by
/// 2 - width * height, so that small boxes count more; and an anchor without an object that finds one all the same, with
/// an IoU above a threshold, is not told that there is none: the paper says 0.5, the published configuration 0.7.</para>
/// </remarks>
public sealed class YoloLoss : DetectionLoss
{
    private readonly YoloCoding _coding = new();
    private readonly BestShapeMatcher _matcher = new();
    private readonly double _ignore;
    private readonly BoxLoss? _boxes;

    /// <summary>The loss for anchors.</summary>
    /// <param name="anchors">The anchors of the model's output; outputs that carry their own need none here.</param>
    /// <param name="ignore">The IoU above which background that finds an object is not punished; 1 punishes all.</param>
    /// <param name="boxWeight">The weight of places and sizes, or of the boxes in their stead.</param>
    /// <param name="objectWeight">The weight of there being an object.</param>
    /// <param name="classWeight">The weight of the classes.</param>
    /// <param name="boxes">A loss of boxes in the stead of places and sizes; then the parts are <c>boxes</c>,
    /// <c>objects</c> and <c>classes</c>.</param>
    public YoloLoss(
        Anchors? anchors = null,
        double ignore = 0.7,
        double boxWeight = 1,
        double objectWeight = 1,
        double classWeight = 1,
        BoxLoss? boxes = null)
        : base(anchors, Named(boxes, boxWeight, objectWeight, classWeight))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ignore);
        (_ignore, _boxes) = (ignore, boxes);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> Parts(DetectionOutput output, DetectionTargets targets, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(anchors);
        var (type, batch) = (output.Scores.dtype, output.Scores.size(0));
        var matches = _matcher.Of(anchors, targets);
        var wanted = matches.BoxesOf(targets, anchors);
        var objects = matches.Objects;
        var there = objects.to(type);
        var decoded = _coding.Decode(output.Boxes, anchors);

        var scores = Entropy(output.Scores.narrow(-1, 0, 1), there.unsqueeze(-1)).squeeze(-1);
        var told = Told(decoded.detach(), targets, anchors).logical_or(objects);
        var classes = output.Scores.narrow(-1, 1, output.Scores.size(-1) - 1);
        var hot = OneHot(matches.ClassesOf(targets), classes.size(-1), type);
        Tensor[] both = [scores * told, Entropy(classes, hot).sum(-1) * there];

        var small = (2 - BoxMath.Area(wanted)) * there;
        return
        [
            .. Boxes(output.Boxes, decoded, wanted, anchors).Select(each => (each * small).sum() / batch),
            .. both.Select(each => each.sum() / batch),
        ];
    }

    private Tensor[] Boxes(Tensor raw, Tensor decoded, Tensor wanted, Anchors anchors)
    {
        if (_boxes is not null) return [_boxes.Each(raw, decoded, wanted, anchors, _coding)];
        var aim = _coding.Wanted(wanted, anchors);
        var places = Entropy(raw.narrow(-1, 0, 2), aim.narrow(-1, 0, 2)).sum(-1);
        var sizes = (raw.narrow(-1, 2, 2) - aim.narrow(-1, 2, 2)).square().sum(-1) / 2;
        return [places, sizes];
    }

    // Which anchors find no object by themselves and may be told that there is none.
    private Tensor Told(Tensor decoded, DetectionTargets targets, Anchors anchors)
    {
        using var frozen = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (boxes, there) = Candidates.Of(anchors, targets);
        var overlaps = BoxMath.PairwiseIoU(boxes, decoded).masked_fill_(there.logical_not().unsqueeze(-1), Candidates.None);
        return overlaps.amax([1]).le(_ignore).MoveToOuterDisposeScope();
    }

    private static Tensor Entropy(Tensor logits, Tensor targets) =>
        functional.binary_cross_entropy_with_logits(logits, targets, reduction: Reduction.None);

    private static (string Name, double Weight)[] Named(
        BoxLoss? boxes, double boxWeight, double objectWeight, double classWeight) =>
        [
            .. boxes is null ? [("places", boxWeight), ("sizes", boxWeight)] : new[] { ("boxes", boxWeight) },
            ("objects", objectWeight),
            ("classes", classWeight),
        ];
}
