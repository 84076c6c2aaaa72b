using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>The whole picture, stretched to the frame.</summary>
/// <param name="Frame">Size of the frames in pixels.</param>
public sealed record SquashResize(PixelSize Frame) : Resize(Frame)
{
    /// <inheritdoc/>
    public override Placement Place(PixelSize picture, Random random) => Fill(PixelArea.Whole(picture));
}
