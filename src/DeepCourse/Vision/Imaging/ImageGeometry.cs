namespace DeepCourse.Vision.Imaging;

/// <summary>Mirroring, turning and affine maps of pictures on the CPU.</summary>
public static class ImageGeometry
{
    /// <summary>Mirrors left and right.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>A new picture.</returns>
    public static Image FlipHorizontally(this Image image) => ExifOrientation.FlipHorizontally.Apply(image);

    /// <summary>Mirrors top and bottom.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>A new picture.</returns>
    public static Image FlipVertically(this Image image) => ExifOrientation.FlipVertically.Apply(image);

    /// <summary>Turns about the middle, keeping the size; corners that turn in are filled.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="angleInDegrees">Clockwise.</param>
    /// <param name="fill">One sample a channel; black (and transparent) when empty.</param>
    /// <returns>A new picture.</returns>
    public static Image Rotate(this Image image, double angleInDegrees, params ReadOnlySpan<byte> fill)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (x, y) = (image.Width / 2.0, image.Height / 2.0);
        var map = PixelMatrix.Shift(-x, -y).Then(PixelMatrix.Rotate(angleInDegrees)).Then(PixelMatrix.Shift(x, y));
        return image.Transform(map, image.Size, ResizeFilter.Bilinear, fill);
    }

    /// <summary>Turns about the middle into a frame that is large enough for all corners.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="angleInDegrees">Clockwise.</param>
    /// <param name="scale">Factor of size.</param>
    /// <returns>A new picture; what lies outside the old one is black (and transparent).</returns>
    public static Image RotateWhole(this Image image, double angleInDegrees, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        var turn = PixelMatrix.Shift(-image.Width / 2.0, -image.Height / 2.0)
            .Then(PixelMatrix.Rotate(angleInDegrees)).Then(PixelMatrix.Scale(scale, scale));
        var (first, second) = (turn.Map(0, 0), turn.Map(image.Width, 0));
        var size = new PixelSize(
            (int)Math.Ceiling((2 * Math.Max(Math.Abs(first.X), Math.Abs(second.X))) - 1e-6),
            (int)Math.Ceiling((2 * Math.Max(Math.Abs(first.Y), Math.Abs(second.Y))) - 1e-6));
        return image.Transform(turn.Then(PixelMatrix.Shift(size.Width / 2.0, size.Height / 2.0)), size);
    }

    /// <summary>Maps a picture into a frame.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="map">From pixels of the picture to pixels of the frame.</param>
    /// <param name="size">The frame's size.</param>
    /// <param name="filter"><see cref="ResizeFilter.Nearest"/> or <see cref="ResizeFilter.Bilinear"/>; there is no
    /// antialiasing, so shrink with <see cref="ImageResizing.Resize"/> first.</param>
    /// <param name="fill">One sample a channel for what lies outside; black (and transparent) when empty.</param>
    /// <returns>A new picture; it differs from Pillow's <c>transform</c> by at most 1 in 255.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another filter.</exception>
    public static Image Transform(
        this Image image, PixelMatrix map, PixelSize size, ResizeFilter filter = ResizeFilter.Bilinear,
        params ReadOnlySpan<byte> fill)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (filter > ResizeFilter.Bilinear)
            throw new ArgumentOutOfRangeException(nameof(filter), filter, "expected Nearest or Bilinear");
        var target = ImageResizing.Filled(size, image.Channels, fill);
        var back = map.Inverse();
        for (var row = 0; row < size.Height; row++)
            for (var column = 0; column < size.Width; column++)
            {
                var (x, y) = back.Map(column + 0.5, row + 0.5);
                if (!(x >= 0 && y >= 0 && x < image.Width && y < image.Height)) continue;
                var pixel = target[column, row];
                if (filter == ResizeFilter.Nearest) image[(int)x, (int)y].CopyTo(pixel);
                else Bilinear(image, x - 0.5, y - 0.5, pixel);
            }
        return target;
    }

    /// <summary>The mean of the four pixels around a place, weighted by nearness and, where there is alpha, by
    /// alpha.</summary>
    private static void Bilinear(Image image, double x, double y, Span<byte> target)
    {
        var (left, top) = (Math.Max((int)Math.Floor(x), 0), Math.Max((int)Math.Floor(y), 0));
        var (right, bottom) = (
            Math.Min((int)Math.Floor(x) + 1, image.Width - 1), Math.Min((int)Math.Floor(y) + 1, image.Height - 1));
        var (across, down) = (x - Math.Floor(x), y - Math.Floor(y));
        var first = image[left, top];
        var second = image[right, top];
        var third = image[left, bottom];
        var fourth = image[right, bottom];
        var (w1, w2, w3, w4) = ((1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down);
        var colours = target.Length;
        if (colours == 4)
        {
            (w1, w2, w3, w4) = (w1 * first[3], w2 * second[3], w3 * third[3], w4 * fourth[3]);
            var alpha = w1 + w2 + w3 + w4;
            target[3] = (byte)(alpha + 0.5);
            if (alpha == 0) return;
            (w1, w2, w3, w4) = (w1 / alpha, w2 / alpha, w3 / alpha, w4 / alpha);
            colours = 3;
        }
        for (var channel = 0; channel < colours; channel++)
            target[channel] = (byte)(
                (w1 * first[channel]) + (w2 * second[channel]) + (w3 * third[channel]) + (w4 * fourth[channel]) + 0.5);
    }
}
