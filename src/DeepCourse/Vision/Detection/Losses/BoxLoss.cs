namespace DeepCourse.Vision.Detection;

/// <summary>How wrong the boxes of anchors are: by overlap, by corners, or by the head's own numbers.</summary>
public sealed class BoxLoss
{
    private readonly Func<Tensor, Tensor, Tensor> _compare;
    private readonly bool _onOffsets;

    // Compares [..., 4] with [..., 4] to [...].
    private BoxLoss(string name, Func<Tensor, Tensor, Tensor> compare, bool onOffsets = false) =>
        (Name, _compare, _onOffsets) = (name, compare, onOffsets);

    /// <summary>1 - IoU: no pull between boxes that do not meet.</summary>
    public static BoxLoss IoU { get; } = Overlap("IoU", BoxMath.PairedIoU);

    /// <summary>1 - generalised IoU.</summary>
    public static BoxLoss GeneralizedIoU { get; } = Overlap("GIoU", BoxMath.GeneralizedIoU);

    /// <summary>1 - distance IoU.</summary>
    public static BoxLoss DistanceIoU { get; } = Overlap("DIoU", BoxMath.DistanceIoU);

    /// <summary>1 - complete IoU.</summary>
    public static BoxLoss CompleteIoU { get; } = Overlap("CIoU", BoxMath.CompleteIoU);

    /// <summary>The mean distance of the four edges, in the anchor's cells.</summary>
    public static BoxLoss L1 { get; } = new("L1", (found, wanted) => (found - wanted).abs().mean([-1L]));

    /// <summary>As tables name it.</summary>
    public string Name { get; }

    /// <summary>Smooth L1 of the head's numbers against the encoded box, summed over the four.</summary>
    /// <param name="beta">Below this difference the loss is a parabola.</param>
    /// <returns>The loss; for codings of four values.</returns>
    /// <remarks>Liu et al. 2016 (arXiv 1512.02325), eq. 2.</remarks>
    public static BoxLoss SmoothOffsets(double beta = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        return new(
            "smooth L1",
            (found, wanted) => functional.huber_loss(found, wanted, beta, Reduction.None).div(beta).sum(-1),
            onOffsets: true);
    }

    /// <summary>The loss of each anchor.</summary>
    /// <param name="raw">What the head gave, [batch, anchors, values].</param>
    /// <param name="decoded">The same as boxes, [batch, anchors, 4], as shares.</param>
    /// <param name="wanted">What they should be, [batch, anchors, 4], as shares.</param>
    /// <param name="anchors">Those of the boxes.</param>
    /// <param name="coding">The head's.</param>
    /// <returns>[batch, anchors], of anchors without objects too.</returns>
    public Tensor Each(Tensor raw, Tensor decoded, Tensor wanted, Anchors anchors, IBoxCoding coding)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(coding);
        using var scope = torch.NewDisposeScope();
        if (_onOffsets) return _compare(raw, coding.Encode(wanted, anchors)).MoveToOuterDisposeScope();
        // In cells, not in shares: cells are square in the picture, and shapes and distances count as they look.
        var unit = anchors.Cells.repeat(1, 2);
        return _compare(decoded / unit, wanted / unit).MoveToOuterDisposeScope();
    }

    private static BoxLoss Overlap(string name, Func<Tensor, Tensor, Tensor> overlap) =>
        new(name, (found, wanted) => 1 - overlap(found, wanted));
}
