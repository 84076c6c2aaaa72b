using System.Runtime.InteropServices;
using DeepCourse.Data;

namespace DeepCourse.Vision.Storage;

/// <summary>Writes a store beside its place, picture by picture, and moves it there when it is whole.</summary>
internal sealed class ImageStoreWriter : IDisposable
{
    private const int RowsAtOnce = 1 << 14;

    private readonly string _path;
    private readonly string _identity;
    private readonly FileStream _pictures;
    private readonly FileStream _table;
    private readonly List<SkippedItem> _unreadable;

    /// <summary>Begins anew, or goes on where a journal ends.</summary>
    public ImageStoreWriter(string path, string identity, ImageStoreJournal? journal)
    {
        (_path, _identity) = (path, identity);
        _pictures = new(PartOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        _table = new(TableOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        // A journal of other files must not outlive them.
        if (journal is null) File.Delete(JournalOf(path));
        (Done, _unreadable) = (journal?.Done ?? 0, [.. journal?.Unreadable ?? []]);
        _pictures.SetLength(journal?.Bytes ?? ImageStoreHeader.Size);
        _table.SetLength((long)Done * StoredImage.RowSize);
        (_pictures.Position, _table.Position) = (_pictures.Length, _table.Length);
    }

    /// <summary>Pictures written.</summary>
    public int Done { get; private set; }

    /// <summary>Bytes written.</summary>
    public long Bytes => _pictures.Position;

    public void Write(in RenderedImage image, string name)
    {
        Align();
        var raster = image.Raster;
        var bytes = image.Bytes;
        var row = new StoredImage(
            _pictures.Position, bytes.Length, new(raster.Width, raster.Height), raster.Channels, image.Form, image.Checksum,
            image.Stamp);
        _pictures.Write(bytes);
        _table.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<StoredImage>(in row)));
        if (image.Problem is { } problem) _unreadable.Add(new(Done, name, problem));
        Done++;
    }

    /// <summary>Notes that everything written so far is good.</summary>
    public void SaveJournal()
    {
        _pictures.Flush(flushToDisk: true);
        _table.Flush(flushToDisk: true);
        new ImageStoreJournal(_identity, Done, _pictures.Position, _unreadable).Save(JournalOf(_path));
    }

    /// <summary>Adds table, notes and head, and moves the file to its place.</summary>
    public void Finish()
    {
        Align();
        var place = _pictures.Position;
        var checksum = CopyTable();
        new ImageStoreHeader(Done, place, checksum, new(_identity, _unreadable)).Write(_pictures);
        _pictures.Flush(flushToDisk: true);
        Dispose();
        File.Move(PartOf(_path), _path, overwrite: true);
        File.Delete(JournalOf(_path));
        File.Delete(TableOf(_path));
    }

    public void Dispose()
    {
        _pictures.Dispose();
        _table.Dispose();
    }

    /// <summary>What an interrupted build has left that is still good: pictures up to the first whose source has
    /// changed.</summary>
    /// <param name="path">The store's path.</param>
    /// <param name="identity">The options.</param>
    /// <param name="count">How many pictures there are to be.</param>
    /// <param name="stampOf">What the source of a picture is now.</param>
    public static ImageStoreJournal? FindJournal(string path, string identity, int count, Func<int, uint> stampOf)
    {
        if (ImageStoreJournal.Load(JournalOf(path), identity) is not { } journal) return null;
        if (!File.Exists(PartOf(path)) || new FileInfo(PartOf(path)).Length < journal.Bytes) return null;
        if (!File.Exists(TableOf(path)) || new FileInfo(TableOf(path)).Length < (long)journal.Done * StoredImage.RowSize) return null;
        using var table = File.OpenRead(TableOf(path));
        Span<byte> row = stackalloc byte[StoredImage.RowSize];
        for (var index = 0; index < journal.Done; index++)
        {
            table.ReadExactly(row);
            var stored = MemoryMarshal.Read<StoredImage>(row);
            if (index < count && stored.Stamp == stampOf(index)) continue;
            var unreadable = journal.Unreadable.Where(item => item.Index < index).ToArray();
            return journal with { Done = index, Bytes = stored.Offset, Unreadable = unreadable };
        }
        return journal;
    }

    private static string PartOf(string path) => path + ".part";

    private static string TableOf(string path) => path + ".part.table";

    private static string JournalOf(string path) => path + ".part.json";

    private void Align()
    {
        Span<byte> zeros = stackalloc byte[ImageStoreHeader.Alignment];
        zeros.Clear();
        var over = (int)(_pictures.Position % ImageStoreHeader.Alignment);
        if (over > 0) _pictures.Write(zeros[over..]);
    }

    private uint CopyTable()
    {
        var (rows, checksum) = (new byte[RowsAtOnce * StoredImage.RowSize], 0u);
        _table.Position = 0;
        for (var done = 0; done < Done; done += RowsAtOnce)
        {
            var part = rows.AsSpan(0, Math.Min(RowsAtOnce, Done - done) * StoredImage.RowSize);
            _table.ReadExactly(part);
            checksum = Checksum.Continue(checksum, part);
            _pictures.Write(part);
        }
        return checksum;
    }
}
