namespace DeepCourse.Vision.Detection;

/// <summary>YOLOv3's coding: the middle stays in the anchor's cell, the size is a factor on the anchor's.</summary>
/// <remarks>Redmon and Farhadi 2018 (arXiv 1804.02767), section 2.1: sigmoid(raw) from the cell's top left corner;
/// exp(raw) times the anchor. Values are (x, y, width, height). Sizes are held below 62.5 times the anchor's.</remarks>
public sealed record YoloCoding : IBoxCoding
{
    /// <summary>How near to a cell's edge a middle is encoded, in cells.</summary>
    private const double Margin = 1e-6;

    /// <inheritdoc/>
    public int Channels => 4;

    /// <inheritdoc/>
    public Tensor Encode(Tensor boxes, Anchors anchors)
    {
        using var scope = torch.NewDisposeScope();
        var wanted = Wanted(boxes, anchors);
        var place = wanted.narrow(-1, 0, 2).clamp(Margin, 1 - Margin);
        return torch.cat([(place / (1 - place)).log(), wanted.narrow(-1, 2, 2)], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor raw, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(raw, anchors, Channels, nameof(raw));
        using var scope = torch.NewDisposeScope();
        var center = anchors.Centers + (raw.narrow(-1, 0, 2).sigmoid() - 0.5) * anchors.Cells;
        var size = raw.narrow(-1, 2, 2).clamp(max: Coded.LargestExponent).exp() * anchors.Sizes;
        return Coded.Join(center, size).MoveToOuterDisposeScope();
    }

    /// <summary>What the loss compares with: the middle's place in the anchor's cell (0..1 where it lies inside) and the
    /// logarithms of the factors.</summary>
    /// <param name="boxes">[..., anchors, 4], (left, top, right, bottom) as shares.</param>
    /// <param name="anchors">On the same device.</param>
    /// <returns>[..., anchors, 4], (x, y, width, height).</returns>
    public Tensor Wanted(Tensor boxes, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(boxes, anchors, 4, nameof(boxes));
        using var scope = torch.NewDisposeScope();
        var (center, size) = Coded.Split(boxes);
        var place = (center - anchors.Centers) / anchors.Cells + 0.5;
        return torch.cat([place, (size / anchors.Sizes).log()], -1).MoveToOuterDisposeScope();
    }
}
