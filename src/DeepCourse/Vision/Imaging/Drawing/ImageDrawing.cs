using System.Text;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Imaging.Drawing;

/// <summary>Frames and labels, drawn in place on pictures with 1, 3 or 4 channels. Grey pictures get the luminance of
/// the colours; what is drawn on a picture with alpha is opaque.</summary>
public static class ImageDrawing
{
    // Pixels around the text of a label at scale 1.
    private const int Padding = 2;

    /// <summary>Draws the outline of a box. The line lies inside the box and has a thin dark edge on both sides, which
    /// keeps it visible on any photograph.</summary>
    /// <remarks>Edges outside the picture are drawn along its border; a box outside, an empty one and one whose edges
    /// are no numbers draw nothing.</remarks>
    /// <param name="image">The picture to draw on.</param>
    /// <param name="box">The box in pixels; its edges are rounded to whole ones.</param>
    /// <param name="colour">The line's colour.</param>
    /// <param name="thickness">The line's width in pixels without the dark edges, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The thickness is less than 1.</exception>
    public static void Frame(this Image image, PixelBox box, Rgb colour, int thickness)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(thickness, 1);
        if (PixelRectangle.Of(box, image.Size) is not { } line) return;
        thickness = Math.Min(thickness, LongSide(image));
        var edge = Math.Max(1, thickness / 3);
        line.Grown(edge).Outline(image, thickness + (2 * edge), Pixel(image, Rgb.Ink));
        line.Outline(image, thickness, Pixel(image, colour));
    }

    /// <summary>Writes one line of dark text on a filled rectangle, which is moved into the picture where it reaches
    /// out; what is too long for the picture is cut off at its right.</summary>
    /// <param name="image">The picture to draw on.</param>
    /// <param name="x">Column of the rectangle's left edge.</param>
    /// <param name="y">Row of the rectangle's top edge.</param>
    /// <param name="text">Printable ASCII; other characters appear as a box. An empty text draws nothing.</param>
    /// <param name="colour">The rectangle's colour; a light one.</param>
    /// <param name="scale">Side of the squares that the letters are made of, in pixels, at least 1. A letter is 5
    /// squares wide and 7 high.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is less than 1.</exception>
    public static void Label(this Image image, int x, int y, string text, Rgb colour, int scale)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (text.Length == 0) return;
        scale = Math.Min(scale, LongSide(image));
        var size = LabelSize(text, scale);
        // A far corner must not overflow before the rectangle is moved in.
        var (left, top) = (Math.Clamp(x, 0, image.Width), Math.Clamp(y, 0, image.Height));
        var ground = PixelRectangle.At(left, top, size).Inside(image.Size);
        ground.Fill(image, Pixel(image, colour));
        Write(image, ground.Left + (Padding * scale), ground.Top + (Padding * scale), text, scale);
    }

    /// <summary>How much room a label takes.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="scale">Side of the squares that the letters are made of, in pixels.</param>
    /// <returns>The size of its rectangle; (0, 0) for an empty text.</returns>
    /// <exception cref="OverflowException">The label would be wider than 2^31 pixels.</exception>
    public static PixelSize LabelSize(string text, int scale)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (text.Length == 0) return default;
        // The last letter has no gap behind it.
        var width = (text.EnumerateRunes().Count() * (BitmapFont.Width + 1)) - 1 + (2 * Padding);
        return new(checked(width * scale), checked((BitmapFont.Height + (2 * Padding)) * scale));
    }

    private static void Write(Image image, int left, int top, string text, int scale)
    {
        var (ink, square) = (Pixel(image, Rgb.Ink), PixelSize.Square(scale));
        foreach (var letter in text.EnumerateRunes())
        {
            if (left >= image.Width) return;
            for (var row = 0; row < BitmapFont.Height; row++)
                for (var column = 0; column < BitmapFont.Width; column++)
                    if (BitmapFont.IsSet(letter, column, row))
                        PixelRectangle.At(left + (column * scale), top + (row * scale), square).Fill(image, ink);
            left += (BitmapFont.Width + 1) * scale;
        }
    }

    private static byte[] Pixel(Image image, Rgb colour)
    {
        var pixel = new byte[image.Channels];
        colour.WriteTo(pixel);
        return pixel;
    }

    private static int LongSide(Image image) => Math.Max(image.Width, image.Height);
}
