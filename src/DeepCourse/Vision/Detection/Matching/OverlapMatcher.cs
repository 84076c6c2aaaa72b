namespace DeepCourse.Vision.Detection;

/// <summary>Anchors answer for the object they overlap most, if they overlap it enough.</summary>
/// <param name="Positive">The least IoU with the object.</param>
/// <param name="Negative">Below this IoU with every object the anchor is background; between the two it is
/// ignored.</param>
/// <param name="Forced">Whether an object may have an anchor below <paramref name="Positive"/>.</param>
public sealed record OverlapMatcher(double Positive, double Negative, ForcedAnchor Forced) : IMatcher
{
    /// <summary>The course's rule: every object's best anchor, and all from an IoU of 0.4.</summary>
    public static OverlapMatcher Course { get; } = new(0.4, 0.4, ForcedAnchor.Best);

    /// <summary>SSD's rule: bipartite, and all from an IoU of 0.5; Liu et al. 2016 (arXiv 1512.02325), section
    /// 2.2.</summary>
    public static OverlapMatcher Ssd { get; } = new(0.5, 0.5, ForcedAnchor.Bipartite);

    /// <summary>RetinaNet's rule: from 0.5 on, background below 0.4; Lin et al. 2017 (arXiv 1708.02002), section
    /// 4.</summary>
    public static OverlapMatcher RetinaNet { get; } = new(0.5, 0.4, ForcedAnchor.None);

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
        var overlaps = Candidates.Overlaps(boxes, there, anchors);
        var (most, slots) = overlaps.max(1);
        slots.masked_fill_(most.lt(Positive), Matches.Ignored).masked_fill_(most.lt(Negative), Matches.Background);
        if (Forced == ForcedAnchor.Best) Candidates.Claim(slots, overlaps.argmax(2), there);
        else if (Forced == ForcedAnchor.Bipartite)
        {
            var (claimed, settled) = Bipartite(overlaps);
            Candidates.Claim(slots, claimed, settled);
        }
        return new(slots.MoveToOuterDisposeScope());
    }

    // With n objects, the n best anchors of each are enough: at worst the others take n - 1 of them.
    // Gives the anchor of each slot, int64, [batch, slots], and which slots have got one.
    private static (Tensor Claimed, Tensor Settled) Bipartite(Tensor overlaps)
    {
        var (batch, slots) = (overlaps.size(0), overlaps.size(1));
        var best = overlaps.topk((int)Math.Min(slots, overlaps.size(2)));
        var kept = best.values.size(2);
        var (values, anchors) = (best.values.reshape(batch, -1), best.indexes.reshape(batch, -1));
        var owner = torch.arange(slots * kept, dtype: ScalarType.Int64, device: overlaps.device)
            .div(kept, RoundingMode.floor).unsqueeze(0);
        var claimed = torch.zeros([batch, slots], ScalarType.Int64, overlaps.device);
        var settled = torch.zeros([batch, slots], ScalarType.Bool, overlaps.device);
        for (var turn = 0; turn < slots; turn++)
        {
            using var scope = torch.NewDisposeScope();
            var (greatest, at) = values.max(1, keepdim: true);
            // Once only empty slots are left, or objects whose anchors all have others, turns change nothing.
            var live = greatest.gt(0);
            var (slot, anchor) = (owner.expand(batch, -1).gather(1, at), anchors.gather(1, at));
            claimed.scatter_(1, slot, torch.where(live, anchor, claimed.gather(1, slot)));
            settled.scatter_(1, slot, live.logical_or(settled.gather(1, slot)));
            values.masked_fill_(owner.eq(slot).logical_or(anchors.eq(anchor)).logical_and(live), Candidates.None);
        }
        return (claimed, settled);
    }
}
