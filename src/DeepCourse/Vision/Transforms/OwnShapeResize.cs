using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>The whole picture in a frame of its own shape: shrunk until the shorter side has a length, never enlarged. Its
/// frames differ from picture to picture, so they can't stand in one batch.</summary>
/// <param name="ShortestSide">In pixels; null keeps the size.</param>
internal sealed record OwnShapeResize(int? ShortestSide) : Resize(PixelSize.Square(ShortestSide ?? 1))
{
    internal override bool HasOneFrame => false;

    /// <inheritdoc/>
    public override Placement Place(PixelSize picture, Random random)
    {
        var scale = Math.Min(1, (double)(ShortestSide ?? int.MaxValue) / Math.Min(picture.Width, picture.Height));
        var frame = new PixelSize(
            ImageResizing.Rounded(picture.Width * scale), ImageResizing.Rounded(picture.Height * scale));
        return new(PixelArea.Whole(picture), PixelArea.Whole(frame), frame);
    }
}
