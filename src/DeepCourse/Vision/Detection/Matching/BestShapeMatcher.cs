namespace DeepCourse.Vision.Detection;

/// <summary>Every object has one anchor of all scales: the one of the nearest shape, in the cell of the object's
/// middle.</summary>
/// <remarks>YOLOv3's rule (Redmon and Farhadi 2018, arXiv 1804.02767, section 2.1): shapes are compared by the IoU of
/// boxes with a shared middle. Where two objects want the same anchor, the later slot gets it, as in darknet. Needs the
/// same grid of shapes in every cell of a level.</remarks>
public sealed record BestShapeMatcher : IMatcher
{
    /// <inheritdoc/>
    public bool LooksAtPredictions => false;

    /// <inheritdoc/>
    public Matches Of(Anchors anchors, DetectionTargets targets, Predictions? predictions = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(targets);
        using var frozen = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (boxes, there) = Candidates.Of(anchors, targets);
        var middles = (boxes.narrow(-1, 0, 2) + boxes.narrow(-1, 2, 2)) / 2;
        var sizes = boxes.narrow(-1, 2, 2) - boxes.narrow(-1, 0, 2);
        var (likeness, places, start) = (new List<Tensor>(), new List<Tensor>(), 0);
        foreach (var level in anchors.Levels)
        {
            likeness.Add(Likeness(sizes.unsqueeze(-2), anchors.Sizes.narrow(0, start, level.PerCell)));
            var at = (middles / anchors.Cells.narrow(0, start, 1)).floor().to(ScalarType.Int64);
            var (column, row) = (at.select(-1, 0).clamp(0, level.Columns - 1), at.select(-1, 1).clamp(0, level.Rows - 1));
            var first = (row * level.Columns + column) * level.PerCell + start;
            places.Add(first.unsqueeze(-1) + torch.arange(level.PerCell, dtype: ScalarType.Int64, device: first.device));
            start += level.Count;
        }
        var best = torch.cat(likeness, -1).argmax(-1, keepdim: true);
        var slots = torch.full([boxes.size(0), anchors.Count], Matches.Background, ScalarType.Int64, boxes.device);
        Candidates.Claim(slots, torch.cat(places, -1).gather(-1, best).squeeze(-1), there);
        return new(slots.MoveToOuterDisposeScope());
    }

    private static Tensor Likeness(Tensor first, Tensor second)
    {
        var common = torch.minimum(first, second);
        var shared = common.select(-1, 0) * common.select(-1, 1);
        var (one, other) = (first.select(-1, 0) * first.select(-1, 1), second.select(-1, 0) * second.select(-1, 1));
        return shared / (one + other - shared);
    }
}
