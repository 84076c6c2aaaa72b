namespace DeepCourse.Vision.Imaging;

/// <summary>A width and a height in pixels.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>Number of pixels.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Width over height.</summary>
    public double AspectRatio => (double)Width / Height;

    /// <summary>The size after a quarter turn.</summary>
    public PixelSize Transposed => new(Height, Width);

    /// <summary>A square.</summary>
    /// <param name="side">Side in pixels.</param>
    /// <returns>The size.</returns>
    public static PixelSize Square(int side) => new(side, side);

    /// <summary>A short description such as "640 x 480".</summary>
    /// <returns>Width and height.</returns>
    public override string ToString() => $"{Width} x {Height}";
}
