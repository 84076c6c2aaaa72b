using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>The whole picture in the middle of the frame at its own shape; the rest is filled with one
/// colour.</summary>
/// <param name="Frame">Size of the frames in pixels.</param>
public sealed record PadResize(PixelSize Frame) : Resize(Frame)
{
    /// <summary>The smallest frame for pictures of one size and its like, with sides that a network's strides
    /// divide.</summary>
    /// <param name="picture">Size of the pictures.</param>
    /// <param name="longestSide">Longest side of the picture in the frame, in pixels.</param>
    /// <param name="multiple">The sides of the frame are multiples of this many pixels.</param>
    /// <returns>The description; other pictures fit the same frame, with other borders.</returns>
    public static PadResize Around(PixelSize picture, int longestSide, int multiple = 32)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longestSide);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(multiple);
        var scale = (double)longestSide / Math.Max(picture.Width, picture.Height);
        return new(new PixelSize(Up(picture.Width * scale), Up(picture.Height * scale)));

        int Up(double side) => (ImageResizing.Rounded(side) + multiple - 1) / multiple * multiple;
    }

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
