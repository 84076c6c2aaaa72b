using DeepCourse.Tensors;

namespace DeepCourse.Vision.Detection;

/// <summary>Arithmetic of boxes in tensors, on any device and with gradients. Boxes are (left, top, right, bottom) in
/// the last dimension, in pixels or as shares.</summary>
public static class BoxMath
{
    /// <summary>Keeps divisions by empty unions finite.</summary>
    private const double Tiny = 1e-7;

    /// <summary>Areas; boxes turned inside out count as empty.</summary>
    /// <param name="boxes">[..., 4].</param>
    /// <returns>[...].</returns>
    /// <exception cref="ShapeException">The last dimension is not 4; so for all methods here.</exception>
    public static Tensor Area(Tensor boxes)
    {
        Guard.Dimension(boxes, -1, 4);
        using var scope = torch.NewDisposeScope();
        var sides = Sides(boxes);
        return sides.select(-1, 0).mul(sides.select(-1, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Intersection over union of every box of one list with every box of the other.</summary>
    /// <param name="first">[..., n, 4].</param>
    /// <param name="second">[..., m, 4], with the same leading dimensions or none.</param>
    /// <returns>[..., n, m], each 0..1.</returns>
    public static Tensor PairwiseIoU(Tensor first, Tensor second)
    {
        Guard.Dimension(first, -1, 4);
        Guard.Dimension(second, -1, 4);
        using var scope = torch.NewDisposeScope();
        // Edge by edge with the boxes last in memory: a dimension of two or four inside would keep the processor from
        // working on several numbers at once. What is no longer needed is overwritten.
        var (one, other) = (Edges(first, -1), Edges(second, -2));
        var common = Side(0).mul_(Side(1));
        var union = (Area(first).unsqueeze(-1) + Area(second).unsqueeze(-2)).sub_(common).clamp_(min: Tiny);
        return common.div_(union).MoveToOuterDisposeScope();

        Tensor Side(int axis) => torch.minimum(one[axis + 2], other[axis + 2])
            .sub_(torch.maximum(one[axis], other[axis])).clamp_(min: 0);
    }

    /// <summary>Intersection over union of boxes that belong together.</summary>
    /// <param name="first">[..., 4].</param>
    /// <param name="second">[..., 4], of the same shape.</param>
    /// <returns>[...], each 0..1.</returns>
    public static Tensor PairedIoU(Tensor first, Tensor second)
    {
        Guard.Dimension(first, -1, 4);
        Guard.Dimension(second, -1, 4);
        using var scope = torch.NewDisposeScope();
        return Overlap(first, second).IoU.MoveToOuterDisposeScope();
    }

    /// <summary>Generalised IoU of boxes that belong together: tells how far apart boxes are that do not
    /// meet.</summary>
    /// <param name="first">[..., 4].</param>
    /// <param name="second">[..., 4], of the same shape.</param>
    /// <returns>[...], each -1..1.</returns>
    /// <remarks>IoU - (hull - union) / hull; Rezatofighi et al. 2019 (arXiv 1902.09630), algorithm 1.</remarks>
    public static Tensor GeneralizedIoU(Tensor first, Tensor second)
    {
        Guard.Dimension(first, -1, 4);
        Guard.Dimension(second, -1, 4);
        using var scope = torch.NewDisposeScope();
        var (iou, union) = Overlap(first, second);
        var hull = Area(Hull(first, second)).clamp(min: Tiny);
        return (iou - (hull - union) / hull).MoveToOuterDisposeScope();
    }

    /// <summary>Distance IoU of boxes that belong together: also counts how far apart the middles are.</summary>
    /// <param name="first">[..., 4].</param>
    /// <param name="second">[..., 4], of the same shape.</param>
    /// <returns>[...], each -1..1.</returns>
    /// <remarks>IoU - d^2 / c^2 with the distance d of the middles and the diagonal c of the hull; Zheng et al. 2020
    /// (arXiv 1911.08287), equation 7.</remarks>
    public static Tensor DistanceIoU(Tensor first, Tensor second)
    {
        Guard.Dimension(first, -1, 4);
        Guard.Dimension(second, -1, 4);
        using var scope = torch.NewDisposeScope();
        return (Overlap(first, second).IoU - Distance(first, second)).MoveToOuterDisposeScope();
    }

    /// <summary>Complete IoU of boxes that belong together: distance IoU that also counts the difference in
    /// shape.</summary>
    /// <param name="first">[..., 4].</param>
    /// <param name="second">[..., 4], of the same shape.</param>
    /// <returns>[...], at most 1.</returns>
    /// <remarks>Distance IoU - a v with v = 4 / pi^2 (atan(w2 / h2) - atan(w1 / h1))^2 and the weight a = v / (1 - IoU
    /// + v), through which no gradient flows; Zheng et al. 2020 (arXiv 1911.08287), equations 8 to 10.</remarks>
    public static Tensor CompleteIoU(Tensor first, Tensor second)
    {
        Guard.Dimension(first, -1, 4);
        Guard.Dimension(second, -1, 4);
        using var scope = torch.NewDisposeScope();
        var iou = Overlap(first, second).IoU;
        var shapes = (Slope(second) - Slope(first)).square().mul(4 / (Math.PI * Math.PI));
        Tensor weight;
        using (torch.no_grad()) weight = shapes / (1 - iou + shapes).clamp(min: Tiny);
        return (iou - Distance(first, second) - (weight * shapes)).MoveToOuterDisposeScope();
    }

    /// <summary>Corners to middle and size.</summary>
    /// <param name="boxes">[..., 4] as (left, top, right, bottom).</param>
    /// <returns>[..., 4] as (x, y, width, height) with (x, y) the middle.</returns>
    public static Tensor ToCenterSize(Tensor boxes)
    {
        Guard.Dimension(boxes, -1, 4);
        using var scope = torch.NewDisposeScope();
        var (low, high) = (boxes.narrow(-1, 0, 2), boxes.narrow(-1, 2, 2));
        return torch.cat([(low + high) / 2, high - low], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Middle and size to corners.</summary>
    /// <param name="boxes">[..., 4] as (x, y, width, height) with (x, y) the middle.</param>
    /// <returns>[..., 4] as (left, top, right, bottom).</returns>
    public static Tensor ToCorners(Tensor boxes)
    {
        Guard.Dimension(boxes, -1, 4);
        using var scope = torch.NewDisposeScope();
        var (middle, half) = (boxes.narrow(-1, 0, 2), boxes.narrow(-1, 2, 2) / 2);
        return torch.cat([middle - half, middle + half], -1).MoveToOuterDisposeScope();
    }

    // The four edges of boxes, each with a dimension of one put in to spread over the other list.
    private static Tensor[] Edges(Tensor boxes, int spread) =>
        [.. boxes.transpose(-1, -2).contiguous().unbind(-2).Select(edge => edge.unsqueeze(spread))];

    private static (Tensor IoU, Tensor Union) Overlap(Tensor first, Tensor second)
    {
        var low = torch.maximum(first.narrow(-1, 0, 2), second.narrow(-1, 0, 2));
        var high = torch.minimum(first.narrow(-1, 2, 2), second.narrow(-1, 2, 2));
        var sides = (high - low).clamp(min: 0);
        var common = sides.select(-1, 0) * sides.select(-1, 1);
        var union = Area(first) + Area(second) - common;
        return (common / union.clamp(min: Tiny), union);
    }

    /// <summary>The smallest boxes around both.</summary>
    private static Tensor Hull(Tensor first, Tensor second) => torch.cat(
        [
            torch.minimum(first.narrow(-1, 0, 2), second.narrow(-1, 0, 2)),
            torch.maximum(first.narrow(-1, 2, 2), second.narrow(-1, 2, 2)),
        ],
        -1);

    private static Tensor Distance(Tensor first, Tensor second)
    {
        var hull = Hull(first, second);
        var diagonal = (hull.narrow(-1, 2, 2) - hull.narrow(-1, 0, 2)).square().sum(-1);
        return (Middle(first) - Middle(second)).square().sum(-1) / diagonal.clamp(min: Tiny);
    }

    private static Tensor Middle(Tensor boxes) => (boxes.narrow(-1, 0, 2) + boxes.narrow(-1, 2, 2)) / 2;

    private static Tensor Slope(Tensor boxes)
    {
        var sides = boxes.narrow(-1, 2, 2) - boxes.narrow(-1, 0, 2);
        return (sides.select(-1, 0) / sides.select(-1, 1).clamp(min: Tiny)).atan();
    }

    private static Tensor Sides(Tensor boxes) => (boxes.narrow(-1, 2, 2) - boxes.narrow(-1, 0, 2)).clamp(min: 0);
}
