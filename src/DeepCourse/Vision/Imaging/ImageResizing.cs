namespace DeepCourse.Vision.Imaging;

/// <summary>Resizing, cropping and padding of pictures.</summary>
public static class ImageResizing
{
    /// <summary>Changes the size; the sides' ratio changes with it.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="size">New size in pixels.</param>
    /// <param name="filter">The kernel; shrinking is antialiased.</param>
    /// <param name="from">The part of the picture to use, by default all of it.</param>
    /// <returns>A new picture. It differs from Pillow's <c>resize</c> by at most 1 in 255, from its nearest not at all;
    /// with alpha, colours are weighted by it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the part lies outside.</exception>
    public static Image Resize(
        this Image image, PixelSize size, ResizeFilter filter = ResizeFilter.Bilinear, PixelArea? from = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        var area = from ?? PixelArea.Whole(image.Size);
        RequireInside(area, image.Size);
        var target = Image.Uninitialized(Positive(size.Width), Positive(size.Height), image.Channels);
        Resampler.Resize(image.Raster, area, target.Raster, 0, 0, size, filter);
        return target;
    }

    /// <summary>Cuts out a rectangle.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="size">Columns and rows.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is not inside the picture.</exception>
    public static Image Crop(this Image image, int left, int top, PixelSize size)
    {
        ArgumentNullException.ThrowIfNull(image);
        RequireInside(new PixelArea(left, top, size.Width, size.Height), image.Size);
        var target = Image.Uninitialized(size.Width, size.Height, image.Channels);
        for (var y = 0; y < size.Height; y++)
            image.Row(top + y).Slice(left * image.Channels, size.Width * image.Channels).CopyTo(target.Row(y));
        return target;
    }

    /// <summary>Adds a border of one colour.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="left">Columns to add at the left.</param>
    /// <param name="top">Rows to add at the top.</param>
    /// <param name="right">Columns to add at the right.</param>
    /// <param name="bottom">Rows to add at the bottom.</param>
    /// <param name="fill">One sample a channel; black (and transparent) when empty.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A border is negative.</exception>
    public static Image Pad(this Image image, int left, int top, int right, int bottom, params ReadOnlySpan<byte> fill)
    {
        ArgumentNullException.ThrowIfNull(image);
        foreach (var border in (ReadOnlySpan<int>)[left, top, right, bottom])
            ArgumentOutOfRangeException.ThrowIfNegative(border);
        var target = Filled(
            new PixelSize(left + image.Width + right, top + image.Height + bottom), image.Channels, fill);
        for (var y = 0; y < image.Height; y++)
            image.Row(y).CopyTo(target.Row(top + y)[(left * image.Channels)..]);
        return target;
    }

    /// <summary>Resizes to fit inside a frame, keeping the sides' ratio, and fills the rest.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="size">Size of the frame.</param>
    /// <param name="filter">The kernel.</param>
    /// <param name="fill">One sample a channel; black (and transparent) when empty.</param>
    /// <returns>A new picture with the old one in its middle.</returns>
    public static Image Letterbox(
        this Image image, PixelSize size, ResizeFilter filter = ResizeFilter.Bilinear, params ReadOnlySpan<byte> fill)
    {
        ArgumentNullException.ThrowIfNull(image);
        var scale = Math.Min((double)size.Width / image.Width, (double)size.Height / image.Height);
        var inner = new PixelSize(Rounded(image.Width * scale), Rounded(image.Height * scale));
        var target = Filled(size, image.Channels, fill);
        Resampler.Resize(
            image.Raster, PixelArea.Whole(image.Size), target.Raster,
            (size.Width - inner.Width) / 2, (size.Height - inner.Height) / 2, inner, filter);
        return target;
    }

    internal static Image Filled(PixelSize size, int channels, ReadOnlySpan<byte> fill)
    {
        var image = new Image(Positive(size.Width), Positive(size.Height), channels);
        if (fill.IsEmpty) return image;
        if (fill.Length != channels)
            throw new ArgumentException(
                $"expected one sample for each of {channels} channels, got {fill.Length}", nameof(fill));
        for (var at = 0; at < image.Pixels.Length; at += channels) fill.CopyTo(image.Pixels.AsSpan(at));
        return image;
    }

    internal static int Rounded(double length) => Math.Max(1, (int)Math.Round(length));

    private static int Positive(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return length;
    }

    private static void RequireInside(PixelArea area, PixelSize size)
    {
        if (!(area.Width > 0 && area.Height > 0 && area.Left >= 0 && area.Top >= 0
            && area.Right <= size.Width && area.Bottom <= size.Height))
            throw new ArgumentOutOfRangeException(nameof(area), area, $"expected an area inside a picture of {size}");
    }
}
