namespace DeepCourse.Vision.Detection;

/// <summary>The coding of heads without anchors: how far the four edges are from the point, in cells.</summary>
/// <remarks>Tian et al. 2019 (arXiv 1904.01355), section 3.1 and eq. 3: exp(raw) cells to the left, up, right, down. The
/// point always lies inside; the edges of boxes around other points are encoded a hundredth of a cell off the
/// point.</remarks>
public sealed record DistanceCoding : IBoxCoding
{
    /// <summary>The least distance that is encoded, in cells.</summary>
    private const double Least = 0.01;

    /// <summary>The largest exponent: 1000 cells.</summary>
    private static readonly double largestExponent = Math.Log(1000);

    /// <inheritdoc/>
    public int Channels => 4;

    /// <inheritdoc/>
    public Tensor Encode(Tensor boxes, Anchors anchors)
    {
        using var scope = torch.NewDisposeScope();
        return Distances(boxes, anchors).clamp(min: Least).log().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor raw, Anchors anchors)
    {
        using var scope = torch.NewDisposeScope();
        return Boxes(raw.clamp(max: largestExponent).exp(), anchors).MoveToOuterDisposeScope();
    }

    /// <summary>Distances of the edges from the points.</summary>
    /// <param name="boxes">[..., anchors, 4], (left, top, right, bottom) as shares.</param>
    /// <param name="anchors">On the same device.</param>
    /// <returns>[..., anchors, 4], to the left, up, right, down, in cells; negative where the point is outside.</returns>
    public static Tensor Distances(Tensor boxes, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(boxes, anchors, 4, nameof(boxes));
        using var scope = torch.NewDisposeScope();
        var (points, cells) = (anchors.Centers, anchors.Cells);
        return torch.cat([(points - boxes.narrow(-1, 0, 2)) / cells, (boxes.narrow(-1, 2, 2) - points) / cells], -1)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Boxes from distances.</summary>
    /// <param name="distances">[..., anchors, 4], to the left, up, right, down, in cells.</param>
    /// <param name="anchors">On the same device.</param>
    /// <returns>[..., anchors, 4], (left, top, right, bottom) as shares.</returns>
    public static Tensor Boxes(Tensor distances, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        Coded.Check(distances, anchors, 4, nameof(distances));
        using var scope = torch.NewDisposeScope();
        var (points, cells) = (anchors.Centers, anchors.Cells);
        return torch.cat(
            [points - distances.narrow(-1, 0, 2) * cells, points + distances.narrow(-1, 2, 2) * cells], -1)
            .MoveToOuterDisposeScope();
    }
}
