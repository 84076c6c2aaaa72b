namespace DeepCourse.Vision.Detection;

/// <summary>The coding of SSD and RetinaNet: the move in sizes of the anchor, the growth as a logarithm.</summary>
/// <param name="CenterVariance">What a move is divided by; 0.1 in SSD, 1 in RetinaNet.</param>
/// <param name="SizeVariance">What a logarithm is divided by; 0.2 in SSD, 1 in RetinaNet.</param>
/// <remarks>Liu et al. 2016 (arXiv 1512.02325), eq. 2; the variances are those of SSD's published network, not in the
/// paper. Values are (x, y, width, height). Sizes are held below 62.5 times the anchor's.</remarks>
public sealed record OffsetCoding(double CenterVariance = 0.1, double SizeVariance = 0.2) : IBoxCoding
{
    /// <summary>SSD's variances.</summary>
    public static OffsetCoding Ssd { get; } = new();

    /// <summary>No variances.</summary>
    public static OffsetCoding RetinaNet { get; } = new(1, 1);

    /// <inheritdoc/>
    public int Channels => 4;

    /// <inheritdoc/>
    public Tensor Encode(Tensor boxes, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(boxes, anchors, 4, nameof(boxes));
        using var scope = torch.NewDisposeScope();
        var (center, size) = Coded.Split(boxes);
        var sizes = anchors.Sizes;
        var moved = (center - anchors.Centers) / sizes / CenterVariance;
        return torch.cat([moved, (size / sizes).log() / SizeVariance], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor raw, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(raw, anchors, Channels, nameof(raw));
        using var scope = torch.NewDisposeScope();
        var sizes = anchors.Sizes;
        var center = anchors.Centers + raw.narrow(-1, 0, 2) * CenterVariance * sizes;
        var size = (raw.narrow(-1, 2, 2) * SizeVariance).clamp(max: Coded.LargestExponent).exp() * sizes;
        return Coded.Join(center, size).MoveToOuterDisposeScope();
    }
}
