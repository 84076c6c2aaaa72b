using System.Buffers;

namespace DeepCourse.Vision.Imaging;

/// <summary>Separable resize: rows first, into 8-bit intermediate rows, then columns, like Pillow.</summary>
internal static class Resampler
{
    /// <summary>Resizes a part of the source into a part of the target; the rest of the target is left as it
    /// is.</summary>
    /// <param name="source">Pixels to read.</param>
    /// <param name="from">The part of the source, in fractional pixels.</param>
    /// <param name="target">Pixels to write, with as many channels.</param>
    /// <param name="left">First column of the target to write.</param>
    /// <param name="top">First row of the target to write.</param>
    /// <param name="size">Columns and rows of the target to write.</param>
    /// <param name="filter">The kernel.</param>
    /// <param name="mirrored">Whether left and right change places on the way.</param>
    public static void Resize(
        Raster source, PixelArea from, Raster target, int left, int top, PixelSize size, ResizeFilter filter,
        bool mirrored = false)
    {
        if (filter == ResizeFilter.Nearest)
        {
            Nearest(source, from, target, left, top, size, mirrored);
            return;
        }
        if (source.Channels == 4)
        {
            Premultiplied(source, from, target, left, top, size, filter, mirrored);
            return;
        }
        Weighted(source, from, target, left, top, size, filter, mirrored);
    }

    private static void Weighted(
        Raster source, PixelArea from, Raster target, int left, int top, PixelSize size, ResizeFilter filter, bool mirrored)
    {
        var channels = source.Channels;
        var columns = ResizeKernelCache.Get(source.Width, from.Left, from.Width, size.Width, filter, mirrored);
        var rows = ResizeKernelCache.Get(source.Height, from.Top, from.Height, size.Height, filter);
        var first = rows.Starts[0];
        var last = Math.Min(rows.Starts[^1] + rows.Taps, source.Height);
        var stride = size.Width * channels;
        // Vector loads may run past a row's end, never past the array's.
        var middle = ArrayPool<byte>.Shared.Rent((stride * (last - first)) + RowFilter.Slack);
        var extended = Extend(source, last);
        for (var y = first; y < last; y++)
            RowFilter.Horizontal(
                extended.AsSpan(y * source.Stride), middle.AsSpan((y - first) * stride), columns, channels);
        for (var y = 0; y < size.Height; y++)
        {
            var start = rows.Starts[y] - first;
            var taps = Math.Min(rows.Taps, last - first - start);
            var weights = rows.Weights.AsSpan(y * rows.Taps, taps);
            var to = target.Pixels.AsSpan(((top + y) * target.Stride) + (left * channels), stride);
            RowFilter.Vertical(middle.AsSpan(start * stride), stride, to, weights, rows.Bits);
        }
        ArrayPool<byte>.Shared.Return(middle);
        if (!ReferenceEquals(extended, source.Pixels)) ArrayPool<byte>.Shared.Return(extended);
    }

    /// <summary>An array that can be read a little past the last pixel: nearly always the source's own.</summary>
    private static byte[] Extend(Raster source, int rows)
    {
        var used = rows * source.Stride;
        if (source.Pixels.Length >= used + RowFilter.Slack) return source.Pixels;
        var copy = ArrayPool<byte>.Shared.Rent(used + RowFilter.Slack);
        source.Pixels.AsSpan(0, used).CopyTo(copy);
        return copy;
    }

    /// <summary>Transparent pixels must not bleed their colour: weight by alpha, resize, divide again.</summary>
    private static void Premultiplied(
        Raster source, PixelArea from, Raster target, int left, int top, PixelSize size, ResizeFilter filter, bool mirrored)
    {
        var weighted = Raster.Allocate(source.Width, source.Height, 4, rent: true);
        AlphaBlending.Premultiply(source.Span, weighted.Span);
        Weighted(weighted, from, target, left, top, size, filter, mirrored);
        weighted.Release();
        for (var y = top; y < top + size.Height; y++)
            AlphaBlending.Unpremultiply(target.Pixels.AsSpan((y * target.Stride) + (left * 4), size.Width * 4));
    }

    private static void Nearest(
        Raster source, PixelArea from, Raster target, int left, int top, PixelSize size, bool mirrored)
    {
        var channels = source.Channels;
        var columns = Centres(from.Left, from.Width, size.Width, source.Width);
        if (mirrored) Array.Reverse(columns);
        var rows = Centres(from.Top, from.Height, size.Height, source.Height);
        for (var y = 0; y < rows.Length; y++)
        {
            ReadOnlySpan<byte> row = source.Span.Slice(rows[y] * source.Stride, source.Stride);
            var to = target.Pixels.AsSpan(((top + y) * target.Stride) + (left * channels), size.Width * channels);
            var next = 0;
            foreach (var column in columns)
                for (var channel = 0; channel < channels; channel++)
                    to[next++] = row[(column * channels) + channel];
        }
    }

    /// <summary>The source sample under each target sample's centre. Centres are added up and not multiplied: where one
    /// falls on an edge between two samples, Pillow's choice depends on that sum's rounding, and this follows
    /// it.</summary>
    private static int[] Centres(double start, double length, int count, int limit)
    {
        var samples = new int[count];
        var step = length / count;
        var at = start + (step * 0.5);
        for (var i = 0; i < count; i++, at += step) samples[i] = Math.Clamp((int)at, 0, limit - 1);
        return samples;
    }
}
