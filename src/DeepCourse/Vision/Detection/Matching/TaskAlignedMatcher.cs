namespace DeepCourse.Vision.Detection;

/// <summary>Anchors answer for the object they already find best, in class and box at once.</summary>
/// <param name="Alpha">The power of the score in the alignment.</param>
/// <param name="Beta">The power of the IoU in the alignment.</param>
/// <param name="PerObject">The most anchors an object gets.</param>
/// <remarks>Feng et al. 2021 (arXiv 2108.07755), section 3.2: of the anchors with their middle inside the object, those
/// with the greatest score^alpha * IoU^beta; an anchor that two objects want goes to the one it overlaps more. Quality is
/// the alignment, scaled so that an object's greatest is its greatest IoU. Other than there, an object counts as no
/// smaller than a cell of the finest grid, so that it has a point inside.</remarks>
public sealed record TaskAlignedMatcher(double Alpha = 1, double Beta = 6, int PerObject = 13) : IMatcher
{
    /// <summary>Keeps divisions by alignments that all vanish finite.</summary>
    private const double Tiny = 1e-30;

    /// <inheritdoc/>
    public bool LooksAtPredictions => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">There are no predictions.</exception>
    public Matches Of(Anchors anchors, DetectionTargets targets, Predictions? predictions = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(predictions);
        using var frozen = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (boxes, there) = Candidates.Of(anchors, targets);
        var overlaps = BoxMath.PairwiseIoU(boxes, predictions.Boxes.to(boxes.dtype));
        // The root of the alignment has the same order and needs no power of so many numbers.
        var aligned = OfClasses(predictions.Scores.to(boxes.dtype).pow(Alpha / Beta), targets.Classes)
            .mul_(overlaps)
            .masked_fill_(Inside(boxes, anchors).logical_and_(there.unsqueeze(-1)).logical_not_(), -1);
        var (roots, wanted) = aligned.topk(Math.Min(PerObject, anchors.Count), -1, sorted: false);
        var wantedOverlaps = overlaps.gather(2, wanted);
        var slots = Candidates.Award(
            wanted, wantedOverlaps.masked_fill(roots.lt(0), Candidates.None), anchors.Count);

        var won = slots.gather(1, wanted.flatten(1)).view(wanted.shape)
            .eq(Candidates.Numbers(boxes)).logical_and_(roots.ge(0));
        var alignments = roots.clamp(min: 0).pow(Beta).mul_(won);
        var greatest = alignments.amax([2], keepdim: true).clamp_(min: Tiny);
        var quality = alignments / greatest * (wantedOverlaps * won).amax([2], keepdim: true);
        var ofAnchors = torch.zeros(slots.shape, dtype: quality.dtype, device: quality.device)
            .scatter_add_(1, wanted.flatten(1), quality.flatten(1));
        return new(slots.MoveToOuterDisposeScope(), ofAnchors.MoveToOuterDisposeScope());
    }

    // The score that each anchor gives the class of each slot: [batch, slots, anchors].
    private static Tensor OfClasses(Tensor scores, Tensor classes)
    {
        var index = classes.clamp(min: 0).unsqueeze(-1).expand(-1, -1, scores.size(1));
        return scores.transpose(1, 2).contiguous().gather(1, index);
    }

    private static Tensor Inside(Tensor boxes, Anchors anchors)
    {
        var middle = (boxes.narrow(-1, 0, 2) + boxes.narrow(-1, 2, 2)) / 2;
        var sizes = boxes.narrow(-1, 2, 2) - boxes.narrow(-1, 0, 2);
        var half = torch.maximum(sizes, anchors.Cells.amin(0)) / 2;
        var (low, high) = (middle - half, middle + half);
        return Between(0).logical_and_(Between(1));

        Tensor Between(int axis)
        {
            var points = anchors.Centers.select(1, axis).contiguous();
            return points.ge(low.select(-1, axis).unsqueeze(-1))
                .logical_and_(points.le(high.select(-1, axis).unsqueeze(-1)));
        }
    }
}
