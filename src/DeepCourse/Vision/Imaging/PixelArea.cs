namespace DeepCourse.Vision.Imaging;

/// <summary>A part of a picture in fractional pixels; (0, 0) is the outer corner of the top left pixel.</summary>
/// <param name="Left">Left edge in pixels.</param>
/// <param name="Top">Top edge in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct PixelArea(double Left, double Top, double Width, double Height)
{
    /// <summary>Right edge in pixels.</summary>
    public double Right => Left + Width;

    /// <summary>Bottom edge in pixels.</summary>
    public double Bottom => Top + Height;

    /// <summary>The whole of a picture.</summary>
    /// <param name="size">The picture's size.</param>
    /// <returns>The area from (0, 0) to the far corner.</returns>
    public static PixelArea Whole(PixelSize size) => new(0, 0, size.Width, size.Height);

    internal PixelArea Scaled(double horizontally, double vertically) =>
        new(Left * horizontally, Top * vertically, Width * horizontally, Height * vertically);
}
