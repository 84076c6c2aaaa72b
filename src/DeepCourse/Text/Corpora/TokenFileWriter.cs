using System.Runtime.InteropServices;
using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>Writes a token file beside its place, part by part, and moves it there when it is whole.</summary>
internal sealed class TokenFileWriter : IDisposable
{
    private const int RowSize = sizeof(long) + sizeof(int);
    private const int RowsAtOnce = 1 << 15;

    private readonly string _path;
    private readonly ITextEncoder _encoder;
    private readonly LabelNumbers _labels;
    private readonly string _identity;
    private readonly int _width;
    private readonly FileStream _tokens;
    private readonly FileStream _table;
    private byte[] _buffer = [];
    private uint _checksum;
    private uint _sourceChecksum;

    /// <summary>Begins anew, or goes on where a journal ends.</summary>
    public TokenFileWriter(string path, ITextEncoder encoder, LabelNumbers labels, string identity, BuildJournal? journal)
    {
        (_path, _encoder, _labels, _identity) = (path, encoder, labels, identity);
        _width = TokenFileHeader.WidthFor(encoder.Vocabulary.Count);
        _tokens = new(PartOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        _table = new(TableOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        // A journal of other files must not outlive them.
        if (journal == null) File.Delete(JournalOf(path));
        else
            (Read, _sourceChecksum, Documents, Tokens, _checksum) =
                (journal.Read, journal.SourceChecksum, journal.Documents, journal.Tokens, journal.TokensChecksum);
        _tokens.SetLength(TokenFileHeader.Size + Tokens * _width);
        _table.SetLength(Documents * RowSize);
        (_tokens.Position, _table.Position) = (_tokens.Length, _table.Length);
    }

    /// <summary>Documents of the corpus that are done, empty ones counted.</summary>
    public long Read { get; private set; }

    /// <summary>Documents written.</summary>
    public long Documents { get; private set; }

    /// <summary>Tokens written.</summary>
    public long Tokens { get; private set; }

    public static string JournalOf(string path) => path + ".part.json";

    /// <summary>Whether the files that a journal speaks of are there.</summary>
    public static bool Holds(string path, BuildJournal journal, int width) =>
        File.Exists(PartOf(path)) && new FileInfo(PartOf(path)).Length >= TokenFileHeader.Size + journal.Tokens * width
        && File.Exists(TableOf(path)) && new FileInfo(TableOf(path)).Length >= journal.Documents * RowSize;

    public void Write(EncodedChunk chunk)
    {
        // What may fail comes first: the counts below must be those of what was written.
        int[] labels = [.. chunk.Source.Documents.Select(_labels.NumberOf)];
        var bytes = ToBytes(chunk);
        _tokens.Write(bytes);
        Span<byte> row = stackalloc byte[RowSize];
        for (var index = 0; index < chunk.Ends.Count; index++)
        {
            MemoryMarshal.Write(row, Tokens + chunk.Ends[index]);
            MemoryMarshal.Write(row[sizeof(long)..], labels[index]);
            _table.Write(row);
        }
        _checksum = Checksum.Continue(_checksum, bytes);
        Documents += chunk.Ends.Count;
        Tokens += chunk.Tokens.Length;
        (Read, _sourceChecksum) = (chunk.Source.Read, chunk.Source.Checksum);
    }

    /// <summary>Notes that everything written so far is good.</summary>
    public void SaveJournal()
    {
        _tokens.Flush(flushToDisk: true);
        _table.Flush(flushToDisk: true);
        new BuildJournal(_identity, Read, _sourceChecksum, Documents, Tokens, _checksum, _labels.Names).Save(JournalOf(_path));
    }

    /// <summary>Adds table, notes and head, and moves the file to its place.</summary>
    public void Finish()
    {
        var (names, final) = _labels.Finish();
        var header = new TokenFileHeader
        {
            Width = _width,
            TokenCount = Tokens,
            DocumentCount = checked((int)Documents),
            HasLabels = names.Length > 0,
            Notes = null!,
        };
        _tokens.SetLength(header.EndsOffset);
        _tokens.Position = header.EndsOffset;
        var checksum = CopyTable(0, row => MemoryMarshal.Read<long>(row));
        if (header.HasLabels)
            checksum = CopyTable(checksum, row => MemoryMarshal.Read<int>(row[sizeof(long)..]) is >= 0 and var label ? final[label] : -1);
        var padding = TokenFileHeader.PaddingOf(_encoder.Vocabulary);
        (header with
        {
            Notes = new(_encoder.Fingerprint, _encoder.Vocabulary.Count, padding, names, Read - Documents, _checksum, checksum),
        }).Write(_tokens);
        _tokens.Flush(flushToDisk: true);
        Dispose();
        File.Move(PartOf(_path), _path, overwrite: true);
        File.Delete(JournalOf(_path));
        File.Delete(TableOf(_path));
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _table.Dispose();
    }

    private static string PartOf(string path) => path + ".part";

    private static string TableOf(string path) => path + ".part.table";

    private delegate T Column<out T>(ReadOnlySpan<byte> row);

    private uint CopyTable<T>(uint checksum, Column<T> column)
        where T : unmanaged
    {
        var (rows, values) = (new byte[RowsAtOnce * RowSize], new T[RowsAtOnce]);
        _table.Position = 0;
        for (long done = 0; done < Documents; done += RowsAtOnce)
        {
            var count = (int)Math.Min(RowsAtOnce, Documents - done);
            _table.ReadExactly(rows, 0, count * RowSize);
            for (var row = 0; row < count; row++) values[row] = column(rows.AsSpan(row * RowSize, RowSize));
            var bytes = MemoryMarshal.AsBytes(values.AsSpan(0, count));
            checksum = Checksum.Continue(checksum, bytes);
            _tokens.Write(bytes);
        }
        return checksum;
    }

    private ReadOnlySpan<byte> ToBytes(EncodedChunk chunk)
    {
        var tokens = chunk.Tokens;
        if (_buffer.Length < tokens.Length * _width) _buffer = new byte[tokens.Length * _width];
        var largest = 0u;
        if (_width == sizeof(ushort))
        {
            var target = MemoryMarshal.Cast<byte, ushort>(_buffer.AsSpan());
            for (var index = 0; index < tokens.Length; index++)
            {
                largest = Math.Max(largest, (uint)tokens[index]);
                target[index] = (ushort)tokens[index];
            }
        }
        else
        {
            foreach (var token in tokens) largest = Math.Max(largest, (uint)token);
            MemoryMarshal.AsBytes(tokens).CopyTo(_buffer);
        }
        if (largest >= _encoder.Vocabulary.Count)
            throw new InvalidOperationException($"The encoder gave the token {(int)largest}, but its vocabulary has {_encoder.Vocabulary.Count}.");
        return _buffer.AsSpan(0, tokens.Length * _width);
    }
}
