using DeepCourse.Data;

namespace DeepCourse.Vision.Augmentation;

/// <summary>Moves pixels, boxes and points of a batch, one map an item.</summary>
internal static class BatchGeometry
{
    /// <summary>Resamples pictures in one pass, whatever their maps are composed of.</summary>
    /// <param name="images">Float, [batch, channels, height, width].</param>
    /// <param name="maps">From a picture's points to the result's.</param>
    /// <param name="mode">Bilinear for pictures, nearest for masks.</param>
    /// <param name="outside">What is seen beyond an edge.</param>
    public static Tensor Warp(
        Tensor images, IReadOnlyList<Homography> maps, GridSampleMode mode, GridSamplePaddingMode outside)
    {
        if (maps.All(map => map == Homography.Identity)) return images;
        if (maps.All(map => map.IsFlip))
            return Flip(Flip(images, maps, 3, map => map.M11 < 0), maps, 2, map => map.M22 < 0);
        var (height, width) = (images.shape[2], images.shape[3]);
        // Each pixel of the result asks where it comes from.
        var from = Transform(PixelCentres(height, width, images.device), [.. maps.Select(map => map.Inverse())]);
        var grid = from.view(maps.Count, height, width, 2);
        return functional.grid_sample(images, grid, mode, outside, align_corners: false);
    }

    /// <summary>Points as shares of the sides, [batch, count, 2], to where they go.</summary>
    public static Tensor MovePoints(Tensor points, IReadOnlyList<Homography> maps) =>
        Transform(Homogeneous(points.mul(2).sub_(1)), maps).add_(1).div_(2);

    public static (Tensor Boxes, Tensor Kept) MoveBoxes(
        Tensor boxes, IReadOnlyList<Homography> maps, double leastVisible)
    {
        using var scope = torch.NewDisposeScope();
        var edges = boxes.reshape(maps.Count, -1, 4);
        var count = edges.shape[1];
        // left top, right top, left bottom, right bottom
        var corners = edges.index_select(2, torch.tensor(new long[] { 0, 1, 2, 1, 0, 3, 2, 3 }).Place(boxes.device));
        var moved = MovePoints(corners.reshape(maps.Count, count * 4, 2), maps).view(maps.Count, count, 4, 2);
        var whole = torch.cat([moved.amin(2), moved.amax(2)], 2);
        var inside = whole.clamp(0, 1);
        var kept = Area(inside).ge(Area(whole).mul(leastVisible)).logical_and(Area(inside).gt(0));
        var clipped = inside.mul(kept.unsqueeze(2).to(inside.dtype)).view(boxes.shape);
        var shape = boxes.shape.AsSpan(0, boxes.shape.Length - 1).ToArray();
        return scope.MoveToOuter(clipped, kept.view(shape));
    }

    private static Tensor Area(Tensor boxes) =>
        (boxes.select(2, 2) - boxes.select(2, 0)) * (boxes.select(2, 3) - boxes.select(2, 1));

    private static Tensor Flip(
        Tensor images, IReadOnlyList<Homography> maps, long dimension, Func<Homography, bool> flipped)
    {
        var chosen = maps.Select(flipped).ToArray();
        if (!chosen.Contains(true)) return images;
        var mirrored = images.flip(dimension);
        if (!chosen.Contains(false)) return mirrored;
        return torch.where(torch.tensor(chosen, [chosen.Length, 1, 1, 1]).Place(images.device), mirrored, images);
    }

    /// <summary>Centred coordinates of all pixel centres, row by row, [1, height * width, 3] with 1 as the
    /// third.</summary>
    private static Tensor PixelCentres(long height, long width, torch.Device device)
    {
        var x = Centres(width, device).unsqueeze(0).expand(height, width);
        var y = Centres(height, device).unsqueeze(1).expand(height, width);
        return torch.stack([x, y, torch.ones_like(x)], 2).view(1, height * width, 3);
    }

    private static Tensor Centres(long count, torch.Device device) =>
        torch.arange(count, ScalarType.Float32, device).mul_(2.0 / count).add_((1.0 / count) - 1);

    private static Tensor Homogeneous(Tensor points) =>
        torch.cat([points, torch.ones([points.shape[0], points.shape[1], 1], points.dtype, points.device)], 2);

    /// <summary>Rows (x, y, 1), [batch or 1, count, 3], through one map an item: [batch, count, 2].</summary>
    private static Tensor Transform(Tensor rows, IReadOnlyList<Homography> maps)
    {
        var numbers = new float[maps.Count * 9];
        for (var item = 0; item < maps.Count; item++) maps[item].WriteTransposed(numbers.AsSpan(item * 9, 9));
        var matrices = torch.tensor(numbers, [maps.Count, 3, 3]).Place(rows.device);
        var moved = torch.matmul(rows, matrices);
        var places = moved.narrow(2, 0, 2);
        return maps.All(map => map.IsAffine) ? places.contiguous() : places / moved.narrow(2, 2, 1);
    }
}
