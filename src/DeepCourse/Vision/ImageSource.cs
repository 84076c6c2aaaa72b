using System.Runtime.InteropServices;
using DeepCourse.Data;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Storage;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision;

/// <summary>A picture that is not decoded yet: a file, the bytes of one, pixels, or one of an
/// <see cref="ImageStore"/>.</summary>
/// <remarks>Decoding waits for <see cref="ImageBlock"/>, which knows the size wanted and lets JPEG files be decoded
/// small.
/// <see cref="Place"/> draws a placement early, when boxes or masks must follow the same draw.</remarks>
public sealed partial record ImageSource
{
    private readonly string? _path;
    private readonly byte[]? _data;
    private readonly Image? _image;
    private readonly ImageStore? _store;
    private readonly int _index;
    private readonly string _name;

    private ImageSource(string name, string? path, byte[]? data, Image? image) =>
        (_name, _path, _data, _image) = (name, path, data, image);

    /// <summary>What error messages call the picture: its path, when it has one.</summary>
    public string Name => _store is null ? _name : _store.NameOf(_index);

    /// <summary>Where the picture goes in the frame, when that is already drawn.</summary>
    public Placement? Placement { get; private init; }

    /// <summary>Whether the frame's left and right change places.</summary>
    public bool IsMirrored { get; private init; }

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

    internal static ImageSource FromStore(ImageStore store, int index) => new(store, index);

    private ImageSource(ImageStore store, int index)
        : this("", null, null, null) => (_store, _index) = (store, index);

    /// <summary>Draws where the picture goes, so that its boxes and masks can be placed by the same draw.</summary>
    /// <param name="resize">How pictures become frames.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns>A source that carries the placement, with a file's bytes read.</returns>
    /// <exception cref="Tensors.DataFormatException">Not a picture, or its head is damaged.</exception>
    public ImageSource Place(Resize resize, Random random)
    {
        ArgumentNullException.ThrowIfNull(resize);
        if (_store is not null) return this with { Placement = resize.Place(_store.SizeOf(_index), random) };
        var data = _path is null ? _data : File.ReadAllBytes(_path);
        var size = _image?.Size ?? ImageReader.Identify(data, Name).Size;
        return new(Name, null, data, _image) { Placement = resize.Place(size, random), IsMirrored = IsMirrored };
    }

    /// <summary>The same picture at a placement that was drawn elsewhere: a mask beside its picture.</summary>
    /// <param name="placement">The draw.</param>
    /// <returns>A source that carries it.</returns>
    public ImageSource At(Placement placement) => this with { Placement = placement };

    /// <summary>The same picture with left and right changed in its frame, at no cost: the resize writes it so. Boxes and
    /// points are the caller's to mirror.</summary>
    /// <returns>A source that is mirrored, or no longer, if it was.</returns>
    public ImageSource Mirrored() => this with { IsMirrored = !IsMirrored };

    /// <summary>Decodes the picture as it is.</summary>
    /// <param name="layout">Channels to deliver.</param>
    /// <returns>The upright picture at full size, without placement or mirroring.</returns>
    /// <exception cref="Tensors.DataFormatException">Not a picture, or damaged.</exception>
    public Image Open(PixelLayout layout = PixelLayout.Rgb) => this switch
    {
        { _image: { } image } => Colours.ToLayout(image.Raster, layout, rent: false).ToImage(),
        { _data: { } data } => ImageReader.Decode(data, new ReadOptions(layout), Name),
        { _store: { } store } => store.Open(_index, layout, rent: false).ToImage(),
        _ => ImageReader.Read(_path!, new ReadOptions(layout)),
    };

    /// <summary>A number that changes when the picture does; a file is not read for it.</summary>
    internal uint Stamp()
    {
        var stamp = this switch
        {
            { _image: { } image } => SourceStamp.OfPixels(image),
            { _data: { } data } => SourceStamp.OfBytes(data),
            { _store: { } store } => store.RowOf(_index).Checksum,
            _ => SourceStamp.OfFile(_path!),
        };
        if (IsMirrored) stamp = ~stamp;
        if (Placement is not { } placement) return stamp;
        return Checksum.Continue(stamp, MemoryMarshal.AsBytes(new ReadOnlySpan<Placement>(in placement)));
    }
}
