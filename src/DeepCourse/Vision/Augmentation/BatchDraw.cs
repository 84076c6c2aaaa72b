using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Augmentation;

/// <summary>What was drawn for the pictures of one batch; applies it on the batch's device to pictures, masks, boxes
/// and points, always the same.</summary>
public sealed class BatchDraw
{
    internal BatchDraw(Homography[] maps, ColourMap[] colours, UnitBox[][] holes) =>
        (Maps, Colours, Holes) = (maps, colours, holes);

    /// <summary>Where each picture's points go.</summary>
    public IReadOnlyList<Homography> Maps { get; }

    /// <summary>How each picture's colours change.</summary>
    public IReadOnlyList<ColourMap> Colours { get; }

    /// <summary>What is blanked in each picture.</summary>
    public IReadOnlyList<IReadOnlyList<UnitBox>> Holes { get; }

    /// <summary>Pictures in the batch.</summary>
    public int Count => Maps.Count;

    /// <summary>Whether no pixel moves.</summary>
    public bool LeavesPlaces => Maps.All(map => map == Homography.Identity);

    /// <summary>Whether no colour changes.</summary>
    public bool LeavesColours => Colours.All(map => ReferenceEquals(map, ColourMap.Identity));

    /// <summary>Applies geometry, colours, normalisation and cut-outs, in this order.</summary>
    /// <param name="images">uint8, [batch, height, width, 3].</param>
    /// <param name="statistics">What the network wants its inputs normalised with.</param>
    /// <param name="outside">What is seen beyond a picture's edge; by default its mirror image.</param>
    /// <returns>float32, [batch, 3, height, width], on the same device.</returns>
    /// <exception cref="ArgumentException">Another shape, type or number of pictures.</exception>
    public Tensor ToImages(
        Tensor images, ImageStatistics statistics, GridSamplePaddingMode outside = GridSamplePaddingMode.Reflection)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(statistics);
        Require(images);
        if (LeavesPlaces && LeavesColours && Holes.All(holes => holes.Count == 0))
            return ImageBatch.ToFloat(images, statistics);
        using var scope = torch.NewDisposeScope();
        var pixels = ImageBatch.ToFloat(images, ImageStatistics.None);
        pixels = BatchGeometry.Warp(pixels, Maps, GridSampleMode.Bilinear, outside);
        if (!LeavesColours) pixels = BatchColours.Apply(pixels, Colours);
        pixels = BatchColours.Normalize(pixels, statistics);
        return BatchCutouts.Blank(pixels, Holes).MoveToOuterDisposeScope();
    }

    /// <summary>Applies geometry to masks, each pixel from its nearest.</summary>
    /// <param name="masks">Labels below 2^24 of any integer type, [batch, height, width].</param>
    /// <param name="outside">What is seen beyond a mask's edge; by default its mirror image, as for pictures.</param>
    /// <returns>Labels of the same type and shape.</returns>
    public Tensor ToMasks(Tensor masks, GridSamplePaddingMode outside = GridSamplePaddingMode.Reflection)
    {
        ArgumentNullException.ThrowIfNull(masks);
        Require(masks);
        using var scope = torch.NewDisposeScope();
        var labels = masks.unsqueeze(1).to(ScalarType.Float32);
        return BatchGeometry.Warp(labels, Maps, GridSampleMode.Nearest, outside)
            .squeeze(1).to(masks.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Applies geometry to boxes: the box around the four moved corners, clipped to the picture.</summary>
    /// <param name="boxes">Float, [batch, 4] or [batch, count, 4], (left, top, right, bottom) as shares of the
    /// sides.</param>
    /// <param name="leastVisible">Boxes that keep less than this share of their area inside are dropped.</param>
    /// <returns>Boxes of the same shape, dropped ones all zero; and for each box whether it was kept, bool [batch] or
    /// [batch, count].</returns>
    public (Tensor Boxes, Tensor Kept) ToBoxes(Tensor boxes, double leastVisible = 0.25)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        Require(boxes);
        return BatchGeometry.MoveBoxes(boxes, Maps, leastVisible);
    }

    /// <summary>Applies geometry to points.</summary>
    /// <param name="points">Float, [batch, count, 2], (x, y) as shares of the sides.</param>
    /// <returns>Points of the same shape; they may lie outside the picture.</returns>
    public Tensor ToPoints(Tensor points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Require(points);
        using var scope = torch.NewDisposeScope();
        return BatchGeometry.MovePoints(points, Maps).MoveToOuterDisposeScope();
    }

    private void Require(Tensor batch)
    {
        if (batch.shape[0] != Count)
            throw new ArgumentException($"the draw is for {Count} pictures, got [{string.Join(", ", batch.shape)}]");
    }
}
