using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision;

/// <summary>A picture that is not decoded yet: a file, the bytes of one, or pixels.</summary>
/// <remarks>Decoding waits for <see cref="ImageBlock"/>, which knows the size wanted and lets JPEG files be decoded
/// small.
/// <see cref="Place"/> draws a placement early, when boxes or masks must follow the same draw.</remarks>
public sealed record ImageSource
{
    private readonly string? _path;
    private readonly byte[]? _data;
    private readonly Image? _image;

    private ImageSource(string name, string? path, byte[]? data, Image? image) =>
        (Name, _path, _data, _image) = (name, path, data, image);

    /// <summary>What error messages call the picture: its path, when it has one.</summary>
    public string Name { get; }

    /// <summary>Where the picture goes in the frame, when that is already drawn.</summary>
    public Placement? Placement { get; private init; }

    /// <summary>A JPEG, PNG or WebP file.</summary>
    /// <param name="path">The file; it is opened when the picture is decoded.</param>
    /// <returns>The source.</returns>
    public static ImageSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, path, null, null);
    }

    /// <summary>The bytes of a JPEG, PNG or WebP file.</summary>
    /// <param name="data">The bytes; not copied.</param>
    /// <param name="name">What error messages call it.</param>
    /// <returns>The source.</returns>
    public static ImageSource FromBytes(byte[] data, string name = "picture in memory")
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(name, null, data, null);
    }

    /// <summary>Decoded pixels.</summary>
    /// <param name="image">The picture; not copied.</param>
    /// <param name="name">What error messages call it.</param>
    /// <returns>The source.</returns>
    public static ImageSource FromImage(Image image, string name = "picture in memory")
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(name, null, null, image);
    }

    /// <summary>Draws where the picture goes, so that its boxes and masks can be placed by the same draw.</summary>
    /// <param name="resize">How pictures become frames.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns>A source that carries the placement, with a file's bytes read.</returns>
    /// <exception cref="Tensors.DataFormatException">Not a picture, or its head is damaged.</exception>
    public ImageSource Place(Resize resize, Random random)
    {
        ArgumentNullException.ThrowIfNull(resize);
        var data = _path is null ? _data : File.ReadAllBytes(_path);
        var size = _image?.Size ?? ImageReader.Identify(data, Name).Size;
        return new(Name, null, data, _image) { Placement = resize.Place(size, random) };
    }

    /// <summary>The same picture at a placement that was drawn elsewhere: a mask beside its picture.</summary>
    /// <param name="placement">The draw.</param>
    /// <returns>A source that carries it.</returns>
    public ImageSource At(Placement placement) => this with { Placement = placement };

    /// <summary>Decodes the picture as it is.</summary>
    /// <param name="layout">Channels to deliver.</param>
    /// <returns>The upright picture at full size, without placement.</returns>
    /// <exception cref="Tensors.DataFormatException">Not a picture, or damaged.</exception>
    public Image Open(PixelLayout layout = PixelLayout.Rgb) => this switch
    {
        { _image: { } image } => Colours.ToLayout(image.Raster, layout, rent: false).ToImage(),
        { _data: { } data } => ImageReader.Decode(data, new ReadOptions(layout), Name),
        _ => ImageReader.Read(_path!, new ReadOptions(layout)),
    };

    /// <summary>Decodes no more than needed and draws the picture into a frame from the pool.</summary>
    internal Raster Render(
        Resize resize, PixelLayout layout, ResizeFilter filter, ReadOnlySpan<byte> fill, bool tolerate, Random random)
    {
        if (_image is { } image)
        {
            var pixels = Colours.ToLayout(image.Raster, layout, rent: false);
            return Draw(pixels, Placement ?? resize.Place(image.Size, random), image.Size, filter, fill);
        }
        if (_data is { } data) return Render(data, resize, layout, filter, fill, tolerate, random);
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
        try
        {
            DrawInto(decoded, frame, placement, size, filter);
        }
        finally
        {
            decoded.Release();
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
            return Draw(decoded, placement, info.Size, filter, fill);
        }
        finally
        {
            decoded.Release();
        }
    }

    private static Raster Draw(
        Raster source, Placement placement, PixelSize size, ResizeFilter filter, ReadOnlySpan<byte> fill)
    {
        var (width, height) = (placement.Frame.Width, placement.Frame.Height);
        var pixels = PixelPool.Shared.Take(checked(width * height * source.Channels));
        var target = new Raster(pixels, width, height, source.Channels);
        var from = placement.From.Scaled((double)source.Width / size.Width, (double)source.Height / size.Height);
        placement.Draw(source, from, target, filter, fill);
        return target;
    }
}
