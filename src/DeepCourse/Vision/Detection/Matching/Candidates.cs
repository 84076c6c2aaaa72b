using DeepCourse.Tensors;

namespace DeepCourse.Vision.Detection;

/// <summary>Steps that matchers share. Tensors named "of slots" have an entry for each true object, filled or
/// not.</summary>
internal static class Candidates
{
    /// <summary>The overlap in empty slots: less than any true one.</summary>
    public const double None = -1;

    /// <summary>The true boxes in the type of the anchors, and which slots hold one.</summary>
    public static (Tensor Boxes, Tensor There) Of(Anchors anchors, DetectionTargets targets)
    {
        Guard.Shape(targets.Boxes, [Guard.Any, Guard.Any, 4], "[batch, slots, 4]");
        Guard.Shape(targets.Classes, [targets.Boxes.size(0), targets.Boxes.size(1)], "[batch, slots], as the boxes");
        Guard.SameDevice(targets.Boxes, anchors.Boxes);
        return (targets.Boxes.to(anchors.Boxes.dtype), targets.Mask);
    }

    /// <summary>IoU of every slot with every anchor, [batch, slots, anchors]; <see cref="None"/> in empty slots.</summary>
    public static Tensor Overlaps(Tensor boxes, Tensor there, Anchors anchors) =>
        BoxMath.PairwiseIoU(boxes, anchors.Boxes).masked_fill_(there.logical_not().unsqueeze(-1), None);

    /// <summary>Gives each slot the anchor it claims; where two claim the same, the later slot gets it.</summary>
    /// <param name="slots">int64, [batch, anchors]; changed.</param>
    /// <param name="claimed">int64, [batch, slots], an anchor each.</param>
    /// <param name="there">bool, [batch, slots].</param>
    public static void Claim(Tensor slots, Tensor claimed, Tensor there)
    {
        for (var slot = 0; slot < claimed.size(1); slot++)
        {
            using var scope = torch.NewDisposeScope();
            var anchor = claimed.narrow(1, slot, 1);
            var before = slots.gather(1, anchor);
            slots.scatter_(1, anchor, torch.where(there.narrow(1, slot, 1), torch.full_like(before, slot), before));
        }
    }

    /// <summary>Gives each anchor to the slot with the greatest overlap among those that want it.</summary>
    /// <param name="wanted">int64, [batch, slots, candidates], anchors.</param>
    /// <param name="overlaps">[batch, slots, candidates]; <see cref="None"/> where the anchor is not wanted after
    /// all.</param>
    /// <param name="anchors">The number of anchors.</param>
    /// <returns>int64, [batch, anchors], background where nobody wants the anchor.</returns>
    public static Tensor Award(Tensor wanted, Tensor overlaps, int anchors)
    {
        using var scope = torch.NewDisposeScope();
        var all = torch.full(
            [wanted.size(0), wanted.size(1), anchors], None, dtype: overlaps.dtype, device: overlaps.device);
        var (most, slot) = all.scatter_(2, wanted, overlaps).max(1);
        return slot.masked_fill_(most.lt(0), Matches.Background).MoveToOuterDisposeScope();
    }

    /// <summary>Numbers of the slots, as a column beside their candidates: int64, [slots, 1].</summary>
    public static Tensor Numbers(Tensor ofSlots) =>
        torch.arange(ofSlots.size(1), dtype: ScalarType.Int64, device: ofSlots.device).unsqueeze(-1);
}
