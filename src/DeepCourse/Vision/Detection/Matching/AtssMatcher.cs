namespace DeepCourse.Vision.Detection;

/// <summary>Each object sets its own threshold, from how its nearest anchors overlap it.</summary>
/// <param name="PerLevel">The nearest anchors looked at on each level.</param>
/// <remarks>Zhang et al. 2020 (arXiv 1912.02424), algorithm 1: of the candidates those answer that overlap the object by
/// at least the mean plus the standard deviation of all its candidates' IoU and have their middle inside it. Distances
/// are measured in cells of the finest level; for points without anchors, give anchors of some cells
/// (<see cref="AnchorGrid.Strided"/>).</remarks>
public sealed record AtssMatcher(int PerLevel = 9) : IMatcher
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
        var near = Nearest(boxes, anchors);
        var overlaps = BoxMath.PairwiseIoU(boxes, anchors.Boxes).gather(2, near);
        var threshold = overlaps.mean([2], keepdim: true) + overlaps.std(2, unbiased: true, keepdim: true);
        var good = overlaps.ge(threshold).logical_and_(Inside(boxes, anchors, near)).logical_and_(there.unsqueeze(-1));
        var slots = Candidates.Award(near, overlaps.masked_fill(good.logical_not(), Candidates.None), anchors.Count);
        return new(slots.MoveToOuterDisposeScope());
    }

    // Anchors of each slot's candidates: int64, [batch, slots, levels * PerLevel].
    private Tensor Nearest(Tensor boxes, Anchors anchors)
    {
        var unit = anchors.Cells.amin(0);
        var middles = ((boxes.narrow(-1, 0, 2) + boxes.narrow(-1, 2, 2)) / 2 / unit).unsqueeze(-1);
        var points = (anchors.Centers / unit).t().contiguous();
        var distances = (middles.select(-2, 0) - points[0]).square()
            .add_((middles.select(-2, 1) - points[1]).square());
        var (found, start) = (new List<Tensor>(), 0);
        foreach (var level in anchors.Levels)
        {
            var count = Math.Min(PerLevel, level.Count);
            found.Add(distances.narrow(2, start, level.Count).topk(count, -1, largest: false).indexes + start);
            start += level.Count;
        }
        return torch.cat(found, -1);
    }

    private static Tensor Inside(Tensor boxes, Anchors anchors, Tensor near)
    {
        var points = anchors.Centers.index_select(0, near.flatten()).view([.. near.shape, 2]);
        var low = points.gt(boxes.narrow(-1, 0, 2).unsqueeze(-2));
        var high = points.lt(boxes.narrow(-1, 2, 2).unsqueeze(-2));
        return low.logical_and_(high).all(-1);
    }
}
