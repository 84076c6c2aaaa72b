namespace DeepCourse.Vision.Detection;

/// <summary>The course's coding: a box stays within half a cell of its anchor and between half and one and a half times
/// its size.</summary>
/// <remarks>With t = tanh(raw) the middle is the anchor's plus t / 2 cells, the size the anchor's times 1 + t / 2. Values
/// are (x, y, width, height). Boxes out of reach are encoded as the furthest in reach.</remarks>
public sealed record TanhCoding : IBoxCoding
{
    /// <summary>The largest tanh that is encoded: raw stays below 7.6.</summary>
    private const double Largest = 1 - 5e-7;

    /// <inheritdoc/>
    public int Channels => 4;

    /// <inheritdoc/>
    public Tensor Encode(Tensor boxes, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(boxes, anchors, 4, nameof(boxes));
        using var scope = torch.NewDisposeScope();
        var (center, size) = Coded.Split(boxes);
        var moved = (center - anchors.Centers) / anchors.Cells * 2;
        var grown = (size / anchors.Sizes - 1) * 2;
        return torch.cat([moved, grown], -1).clamp(-Largest, Largest).atanh().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor raw, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(raw, anchors, Channels, nameof(raw));
        using var scope = torch.NewDisposeScope();
        var half = raw.tanh() / 2;
        var center = anchors.Centers + half.narrow(-1, 0, 2) * anchors.Cells;
        var size = anchors.Sizes * (1 + half.narrow(-1, 2, 2));
        return Coded.Join(center, size).MoveToOuterDisposeScope();
    }
}
