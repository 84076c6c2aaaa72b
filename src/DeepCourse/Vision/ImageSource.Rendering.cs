using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Storage;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision;

public sealed partial record ImageSource
{
    /// <summary>Decodes no more than needed and draws the picture into a frame: from the pool of frames, or a rented one
    /// where frames differ in size.</summary>
    internal Raster Render(
        Resize resize, PixelLayout layout, ResizeFilter filter, ReadOnlySpan<byte> fill, bool tolerate, Random random)
    {
        if (_image is { } image)
        {
            var pixels = Colours.ToLayout(image.Raster, layout, rent: false);
            return Draw(pixels, Placement ?? resize.Place(image.Size, random), image.Size, filter, fill, resize.HasOneFrame);
        }
        if (_data is { } data) return Render(data, resize, layout, filter, fill, tolerate, random);
        if (_store is { } store) return Render(store, resize, layout, filter, fill, tolerate, random);
        using var file = PooledFile.Read(_path!);
        return Render(file.Data, resize, layout, filter, fill, tolerate, random);
    }

    /// <summary>Decodes no more than needed and draws the picture into its place in a frame, leaving the rest of the
    /// frame as it is.</summary>
    /// <param name="frame">RGB, of the placement's frame's size.</param>
    /// <param name="placement">The picture's place; what the source itself carries does not count.</param>
    /// <param name="size">The picture's size as the placement takes it to be.</param>
    /// <param name="filter">The kernel.</param>
    /// <exception cref="Tensors.DataFormatException">Not a picture, damaged, or of another size.</exception>
    internal void DrawInto(Raster frame, Placement placement, PixelSize size, ResizeFilter filter)
    {
        if (_image is { } image)
        {
            RequireSize(image.Size, size);
            DrawInto(Colours.ToLayout(image.Raster, PixelLayout.Rgb, rent: false), frame, placement, size, filter);
        }
        else if (_data is { } data)
        {
            DrawInto(data, frame, placement, size, filter);
        }
        else if (_store is { } store)
        {
            RequireSize(store.SizeOf(_index), size);
            DrawAndRelease(store.Open(_index, PixelLayout.Rgb, rent: true), frame, placement, size, filter);
        }
        else
        {
            using var file = PooledFile.Read(_path!);
            DrawInto(file.Data, frame, placement, size, filter);
        }
    }

    private void DrawInto(
        ReadOnlySpan<byte> data, Raster frame, Placement placement, PixelSize size, ResizeFilter filter)
    {
        var info = ImageReader.Identify(data, Name);
        RequireSize(info.Size, size);
        var scale = Math.Max(placement.Scale.X, placement.Scale.Y);
        var decoded = ImageReader.Decode(data, info, PixelLayout.Rgb, scale, tolerateDamage: false, Name, rent: true);
        DrawAndRelease(decoded, frame, placement, size, filter);
    }

    private static void DrawAndRelease(
        Raster source, Raster frame, Placement placement, PixelSize size, ResizeFilter filter)
    {
        try
        {
            DrawInto(source, frame, placement, size, filter);
        }
        finally
        {
            source.Release();
        }
    }

    private static void DrawInto(
        Raster source, Raster frame, Placement placement, PixelSize size, ResizeFilter filter)
    {
        var from = placement.From.Scaled((double)source.Width / size.Width, (double)source.Height / size.Height);
        var inner = new PixelSize((int)Math.Round(placement.Into.Width), (int)Math.Round(placement.Into.Height));
        Resampler.Resize(
            source, from, frame, (int)Math.Round(placement.Into.Left), (int)Math.Round(placement.Into.Top), inner,
            filter);
    }

    private void RequireSize(PixelSize actual, PixelSize annotated)
    {
        if (actual != annotated)
            throw new Tensors.DataFormatException(Name, $"expected a picture of {annotated}, as its annotation says, found {actual}");
    }

    private Raster Render(
        ReadOnlySpan<byte> data, Resize resize, PixelLayout layout, ResizeFilter filter, ReadOnlySpan<byte> fill,
        bool tolerate, Random random)
    {
        var info = ImageReader.Identify(data, Name);
        var placement = Placement ?? resize.Place(info.Size, random);
        // A mask's nearest pixel must be one of the file's own.
        var scale = filter == ResizeFilter.Nearest ? 1 : Math.Max(placement.Scale.X, placement.Scale.Y);
        var decoded = ImageReader.Decode(data, info, layout, scale, tolerate, Name, rent: true);
        try
        {
            return Draw(decoded, placement, info.Size, filter, fill, resize.HasOneFrame);
        }
        finally
        {
            decoded.Release();
        }
    }

    private Raster Render(
        ImageStore store, Resize resize, PixelLayout layout, ResizeFilter filter, ReadOnlySpan<byte> fill,
        bool tolerate, Random random)
    {
        var bytes = store.BytesOf(_index);
        var row = store.RowOf(_index);
        if (row.Form == StoredForm.Jpeg) return Render(bytes, resize, layout, filter, fill, tolerate, random);
        var placement = Placement ?? resize.Place(row.Size, random);
        if (placement.IsIdentity(row.Size) && !IsMirrored && row.Channels == Colours.ChannelsOf(layout))
        {
            var frame = TakeFrame(row.Size, row.Channels, resize.HasOneFrame);
            bytes.CopyTo(frame.Span);
            return frame;
        }
        var pixels = store.Open(_index, layout, rent: true);
        try
        {
            return Draw(pixels, placement, row.Size, filter, fill, resize.HasOneFrame);
        }
        finally
        {
            pixels.Release();
        }
    }

    private Raster Draw(
        Raster source, Placement placement, PixelSize size, ResizeFilter filter, ReadOnlySpan<byte> fill, bool pooled)
    {
        var target = TakeFrame(placement.Frame, source.Channels, pooled);
        var from = placement.From.Scaled((double)source.Width / size.Width, (double)source.Height / size.Height);
        placement.Draw(source, from, target, filter, fill, IsMirrored);
        return target;
    }

    private static Raster TakeFrame(PixelSize size, int channels, bool pooled) => pooled
        ? new Raster(PixelPool.Shared.Take(checked(size.Width * size.Height * channels)), size.Width, size.Height, channels)
        : Raster.Allocate(size.Width, size.Height, channels, rent: true);
}
