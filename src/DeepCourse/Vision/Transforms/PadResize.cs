using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>The whole picture in the middle of the frame at its own shape; the rest is filled with one
/// colour.</summary>
/// <param name="Frame">Size of the frames in pixels.</param>
public sealed record PadResize(PixelSize Frame) : Resize(Frame)
{
    /// <inheritdoc/>
    public override Placement Place(PixelSize picture, Random random)
    {
        var scale = Math.Min((double)Frame.Width / picture.Width, (double)Frame.Height / picture.Height);
        var inner = new PixelSize(
            ImageResizing.Rounded(picture.Width * scale), ImageResizing.Rounded(picture.Height * scale));
        return new(
            PixelArea.Whole(picture),
            new((Frame.Width - inner.Width) / 2, (Frame.Height - inner.Height) / 2, inner.Width, inner.Height),
            Frame);
    }
}
