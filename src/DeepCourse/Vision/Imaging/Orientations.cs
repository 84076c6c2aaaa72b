namespace DeepCourse.Vision.Imaging;

/// <summary>Turning and mirroring of whole pictures: the eight symmetries of a rectangle.</summary>
public static class Orientations
{
    /// <summary>Whether width and height change places.</summary>
    /// <param name="orientation">The orientation.</param>
    /// <returns>True for the four that involve a quarter turn.</returns>
    public static bool SwapsSides(this ExifOrientation orientation) => orientation >= ExifOrientation.Transpose;

    /// <summary>Makes stored pixels upright.</summary>
    /// <param name="image">The picture as stored.</param>
    /// <param name="orientation">What its EXIF data says.</param>
    /// <returns>A new picture, or the same one when nothing has to be done.</returns>
    public static Image Apply(this ExifOrientation orientation, Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return orientation == ExifOrientation.Upright ? image : orientation.Apply(image.Raster, rent: false).ToImage();
    }

    internal static Raster Apply(this ExifOrientation orientation, Raster source, bool rent)
    {
        var swap = orientation.SwapsSides();
        var (width, height) = swap ? (source.Height, source.Width) : (source.Width, source.Height);
        var target = Raster.Allocate(width, height, source.Channels, rent);
        // One source sample per target pixel: where it starts, and how far it moves per target column and row.
        var (right, bottom) = (source.Width - 1, source.Height - 1);
        var (x, y, dx, dy) = orientation switch
        {
            ExifOrientation.FlipHorizontally => (right, 0, -1, 1),
            ExifOrientation.Rotate180 => (right, bottom, -1, -1),
            ExifOrientation.FlipVertically => (0, bottom, 1, -1),
            ExifOrientation.Transpose => (0, 0, 1, 1),
            ExifOrientation.Rotate90 => (0, bottom, 1, -1),
            ExifOrientation.Transverse => (right, bottom, -1, -1),
            ExifOrientation.Rotate270 => (right, 0, -1, 1),
            _ => (0, 0, 1, 1),
        };
        var channels = source.Channels;
        var (alongRow, alongColumn) = swap
            ? (dy * source.Stride, dx * channels)
            : (dx * channels, dy * source.Stride);
        Copy(source, target, (y * source.Stride) + (x * channels), alongRow, alongColumn);
        return target;
    }

    private static void Copy(Raster source, Raster target, int start, int alongRow, int alongColumn)
    {
        ReadOnlySpan<byte> from = source.Span;
        var to = target.Span;
        var channels = source.Channels;
        var next = 0;
        for (var row = 0; row < target.Height; row++)
        {
            var at = start + (row * alongColumn);
            for (var column = 0; column < target.Width; column++, at += alongRow)
                for (var channel = 0; channel < channels; channel++)
                    to[next++] = from[at + channel];
        }
    }
}
