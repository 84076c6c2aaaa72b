using DeepCourse.Tensors;

namespace DeepCourse.Vision.Detection;

/// <summary>Distances as in <see cref="DistanceCoding"/>, each told as a distribution over whole numbers of cells: the
/// distance is its mean.</summary>
/// <param name="Bins">Numbers from 0 that the distribution covers; 8 in NanoDet's first nets, 11 in NanoDet-g.</param>
/// <remarks>Li et al. 2020 (arXiv 2006.04388), section 3.2. Values are the logits of the bins: those to the left first,
/// then up, right, down.</remarks>
public sealed record DistributionCoding(int Bins = 11) : IBoxCoding
{
    /// <summary>The probability of the bins that are not meant, in an encoded box.</summary>
    private const double Tiny = 1e-9;

    /// <inheritdoc/>
    public int Channels => 4 * Bins;

    /// <inheritdoc/>
    public Tensor Encode(Tensor boxes, Anchors anchors)
    {
        using var scope = torch.NewDisposeScope();
        var (lower, share) = Neighbours(boxes, anchors);
        var bins = torch.arange(Bins, dtype: boxes.dtype, device: boxes.device);
        // Two neighbouring bins share the probability so that the mean is the distance.
        var away = (bins - (lower + share).unsqueeze(-1)).abs();
        return (1 - away).clamp(min: Tiny).log().flatten(-2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor raw, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(raw, anchors, Channels, nameof(raw));
        using var scope = torch.NewDisposeScope();
        var bins = torch.arange(Bins, dtype: raw.dtype, device: raw.device);
        // Not a matrix product: mixed precision would round distances to sixteenths of a cell.
        var distances = (Apart(raw).softmax(-1) * bins).sum([-1L]);
        return DistanceCoding.Boxes(distances, anchors).MoveToOuterDisposeScope();
    }

    /// <summary>Distribution focal loss: cross entropy of the two bins next to the wanted distance.</summary>
    /// <param name="raw">[..., anchors, <see cref="Channels"/>].</param>
    /// <param name="boxes">Wanted boxes, [..., anchors, 4], as shares.</param>
    /// <param name="anchors">On the same device.</param>
    /// <returns>[..., anchors], the mean over the four edges.</returns>
    /// <remarks>Li et al. 2020 (arXiv 2006.04388), eq. 6. Distances beyond the bins count as the last bin.</remarks>
    public Tensor Each(Tensor raw, Tensor boxes, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(raw, anchors, Channels, nameof(raw));
        using var scope = torch.NewDisposeScope();
        var (lower, share) = Neighbours(boxes, anchors);
        var index = lower.to(ScalarType.Int64).unsqueeze(-1);
        var logs = Apart(raw).log_softmax(-1);
        var below = logs.gather(-1, index).squeeze(-1);
        var above = logs.gather(-1, index + 1).squeeze(-1);
        return (below * (share - 1) - above * share).mean([-1L]).MoveToOuterDisposeScope();
    }

    // The bin below each distance (never the last), and how far the distance is on the way to the next.
    private (Tensor Lower, Tensor Share) Neighbours(Tensor boxes, Anchors anchors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Bins, 2);
        var distances = DistanceCoding.Distances(boxes, anchors).clamp(0, Bins - 1);
        var lower = distances.floor().clamp(max: Bins - 2);
        return (lower, distances - lower);
    }

    private Tensor Apart(Tensor raw) => raw.view([.. raw.shape[..^1], 4, Bins]);
}
