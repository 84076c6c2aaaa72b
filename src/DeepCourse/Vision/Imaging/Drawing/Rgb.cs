namespace DeepCourse.Vision.Imaging.Drawing;

/// <summary>An opaque colour, 8 bits a channel.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The almost black of edges and of text on coloured ground.</summary>
    public static Rgb Ink { get; } = new(0x10, 0x14, 0x18);

    /// <summary>Writes the colour as a pixel: its luminance by ITU-R BT.601 to one channel, opaque to four.</summary>
    internal void WriteTo(Span<byte> pixel)
    {
        if (pixel.Length == 1)
        {
            Colours.ToLayout(new([Red, Green, Blue], 1, 1, 3), PixelLayout.Grey, rent: false).Span.CopyTo(pixel);
            return;
        }
        (pixel[0], pixel[1], pixel[2]) = (Red, Green, Blue);
        if (pixel.Length == 4) pixel[3] = 255;
    }
}
