using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>The largest middle part of a picture that has the frame's shape.</summary>
/// <param name="Frame">Size of the frames in pixels.</param>
public sealed record CropResize(PixelSize Frame) : Resize(Frame)
{
    /// <inheritdoc/>
    public override Placement Place(PixelSize picture, Random random)
    {
        var scale = Math.Min((double)picture.Width / Frame.Width, (double)picture.Height / Frame.Height);
        var (width, height) = (
            Math.Min(Frame.Width * scale, picture.Width), Math.Min(Frame.Height * scale, picture.Height));
        return Fill(new((picture.Width - width) / 2, (picture.Height - height) / 2, width, height));
    }
}
