using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Storage;

/// <summary>Pictures that were decoded and resized once, in one file that is read through a memory map: the system keeps in
/// memory what is in use, whatever the size. <see cref="ImageStoreBuilder"/> makes it.</summary>
/// <remarks>Each picture is compared with its checksum the first time it is read. Reading works from several threads at
/// once, but not during or after <see cref="Dispose"/>: sources that were taken from a store end with it.</remarks>
public sealed class ImageStore : IDataset<ImageSource>, IDisposable
{
    private readonly ImageStoreHeader _header;
    private readonly MappedFile _file;
    private readonly bool[] _checked;

    private ImageStore(string path, ImageStoreHeader header, MappedFile file) =>
        (Location, _header, _file, _checked) = (path, header, file, new bool[header.Count]);

    /// <summary>The path of the file.</summary>
    public string Location { get; }

    /// <inheritdoc/>
    public int Count => _header.Count;

    /// <summary>The bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>The options that the store was made with, as text.</summary>
    public string Options => _header.Notes.Identity;

    /// <summary>The pictures that could not be read when the store was built.</summary>
    public IReadOnlyList<SkippedItem> Unreadable => _header.Notes.Unreadable;

    /// <summary>Opens a store.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">The file is truncated, damaged, or of another kind.</exception>
    public static ImageStore Open(string path)
    {
        var stream = MappedFile.Open(path, "Image stores");
        ImageStore store;
        try
        {
            store = new(path, ImageStoreHeader.Read(stream, path), new(stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        try
        {
            store.RequireTable();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>One picture, for an <see cref="ImageBlock"/>; nothing is copied before it is rendered.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    public ImageSource this[int index]
    {
        get
        {
            Require(index);
            return ImageSource.FromStore(this, index);
        }
    }

    /// <summary>The size that a picture has in the store, in pixels; 0 x 0 of one that could not be read.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    public PixelSize SizeOf(int index) => RowOf(index).Size;

    /// <summary>Reads the whole file once and compares it with its checksums.</summary>
    /// <exception cref="DataFormatException">Something in the file has changed since it was made.</exception>
    public void Verify()
    {
        RequireTable();
        for (var index = 0; index < Count; index++) RequireSound(index, RowOf(index));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    internal string NameOf(int index) => $"{Location}, picture {index}";

    /// <summary>The pixels of a picture, copied out of the map or decoded.</summary>
    internal Raster Open(int index, PixelLayout layout, bool rent)
    {
        var bytes = BytesOf(index);
        var row = RowOf(index);
        if (row.Form == StoredForm.Jpeg)
            return ImageReader.Decode(bytes, ImageReader.Identify(bytes, NameOf(index)), layout, 1, tolerateDamage: false, NameOf(index), rent);
        var raster = Raster.Allocate(row.Width, row.Height, row.Channels, rent);
        bytes.CopyTo(raster.Span);
        return Colours.ToLayout(raster, layout, rent);
    }

    internal StoredImage RowOf(int index)
    {
        Require(index);
        return _file.Span<StoredImage>(_header.TableOffset, Count)[index];
    }

    /// <summary>The bytes of a picture, in the map itself.</summary>
    /// <exception cref="DataFormatException">They are not those that were stored, or none were.</exception>
    internal ReadOnlySpan<byte> BytesOf(int index)
    {
        var row = RowOf(index);
        if (row.Form == StoredForm.Missing) throw new DataFormatException(NameOf(index), Problem(index));
        if (!_checked[index])
        {
            RequireSound(index, row);
            _checked[index] = true;
        }
        return _file.Span<byte>(row.Offset, row.Length);
    }

    private string Problem(int index)
    {
        var item = Unreadable.FirstOrDefault(item => item.Index == index);
        return item is null ? "is missing" : $"could not be read when the store was built: {item.Reason}";
    }

    private void RequireTable()
    {
        _file.RequireOpen(this);
        // The head holds both numbers and its own checksum; still nothing may be read outside the map.
        var fits = _header.Count >= 0 && _header.TableOffset >= ImageStoreHeader.Size && _header.NotesOffset <= _file.Length;
        if (!fits || _file.ChecksumOf(_header.TableOffset, _header.NotesOffset - _header.TableOffset) != _header.TableChecksum)
            throw new DataFormatException(Location, "is damaged: the checksum of its table is wrong. Build it again");
    }

    private void RequireSound(int index, in StoredImage row)
    {
        var samples = row.Form == StoredForm.Pixels ? (long)row.Width * row.Height * row.Channels : row.Length;
        if (row.Offset < ImageStoreHeader.Size || row.Length < 0 || row.Offset + row.Length > _header.TableOffset || samples != row.Length)
            throw new DataFormatException(Location, $"is damaged: picture {index} has an impossible place. Build it again");
        var checksum = Checksum.Of(_file.Span<byte>(row.Offset, row.Length));
        if (checksum != row.Checksum)
            throw DataFormatException.AtByte(
                Location, row.Offset, $"is damaged: the checksum of picture {index} is {checksum:x8}, not {row.Checksum:x8}. Build it again");
    }

    private void Require(int index)
    {
        _file.RequireOpen(this);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }
}
