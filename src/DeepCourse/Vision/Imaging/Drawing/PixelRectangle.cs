using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Imaging.Drawing;

/// <summary>Whole pixels to paint: from the left and top ones up to, and without, the right and bottom ones.</summary>
internal readonly record struct PixelRectangle(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The whole pixels nearest to the part of a box inside a picture, at least one a side; null when nothing
    /// of it is inside.</summary>
    public static PixelRectangle? Of(PixelBox box, PixelSize size)
    {
        var part = box.Clip(size);
        if (part.IsEmpty) return null;
        var (left, top) = (Nearest(part.Left, size.Width - 1), Nearest(part.Top, size.Height - 1));
        return new(
            left, top, Math.Max(Nearest(part.Right, size.Width), left + 1),
            Math.Max(Nearest(part.Bottom, size.Height), top + 1));
    }

    public static PixelRectangle At(int left, int top, PixelSize size) =>
        new(left, top, left + size.Width, top + size.Height);

    public PixelRectangle Grown(int by) => new(Left - by, Top - by, Right + by, Bottom + by);

    public bool Meets(PixelRectangle other) =>
        Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    /// <summary>Moves the rectangle into a picture; the left and top edge win where it is too large.</summary>
    public PixelRectangle Inside(PixelSize size)
    {
        var (width, height) = (Right - Left, Bottom - Top);
        return At(
            Math.Clamp(Left, 0, Math.Max(0, size.Width - width)),
            Math.Clamp(Top, 0, Math.Max(0, size.Height - height)),
            new(width, height));
    }

    /// <summary>Paints the part of the rectangle that lies in a picture.</summary>
    public void Fill(Image image, ReadOnlySpan<byte> pixel)
    {
        var (left, right) = (Math.Max(Left, 0), Math.Min(Right, image.Width));
        if (right <= left) return;
        for (var y = Math.Max(Top, 0); y < Math.Min(Bottom, image.Height); y++)
        {
            var row = image.Row(y);
            for (var x = left; x < right; x++) pixel.CopyTo(row[(x * image.Channels)..]);
        }
    }

    /// <summary>Paints a line along the inside of the edges; it fills a rectangle that is no wider than two
    /// lines.</summary>
    public void Outline(Image image, int thickness, ReadOnlySpan<byte> pixel)
    {
        (this with { Bottom = Math.Min(Top + thickness, Bottom) }).Fill(image, pixel);
        (this with { Top = Math.Max(Bottom - thickness, Top) }).Fill(image, pixel);
        (this with { Right = Math.Min(Left + thickness, Right) }).Fill(image, pixel);
        (this with { Left = Math.Max(Right - thickness, Left) }).Fill(image, pixel);
    }

    private static int Nearest(float edge, int last) =>
        Math.Min((int)MathF.Round(edge, MidpointRounding.AwayFromZero), last);
}
