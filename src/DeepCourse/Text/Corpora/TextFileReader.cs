using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>Reads a text file, unpacks it if it is compressed, and knows the offset of bytes that are not UTF-8.</summary>
internal sealed class TextFileReader : TextReader
{
    private const int BufferSize = 1 << 16;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _stream;
    private readonly bool _replace;
    private readonly Action<long>? _advance;
    private readonly bool _isPacked;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BufferSize);
    private char[] _characters = ArrayPool<char>.Shared.Rent(BufferSize + 1);
    private int _byteCount;
    private long _bytesRead;
    private long _bytesDecoded;
    private int _next;
    private int _end;
    private bool _ended;
    private long _told;

    public TextFileReader(string path, DocumentOptions options, Action<long>? advance)
    {
        (_path, _replace, _advance) = (path, options.ReplaceUndecodable, advance);
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        _isPacked = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
        _file.Position = 0;
        _stream = _isPacked ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    /// <summary>The line that <see cref="ReadLine"/> gave last, from 1.</summary>
    public int Line { get; private set; }

    public override int Peek() => Fill() ? _characters[_next] : -1;

    public override int Read() => Fill() ? _characters[_next++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || !Fill()) return 0;
        var count = Math.Min(buffer.Length, _end - _next);
        _characters.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    /// <summary>The next line without its end (LF, CR LF or the file's); null after the last.</summary>
    public override string? ReadLine()
    {
        if (!Fill()) return null;
        Line++;
        StringBuilder? before = null;
        do
        {
            var rest = _characters.AsSpan(_next, _end - _next);
            var length = rest.IndexOf('\n');
            if (length >= 0)
            {
                _next += length + 1;
                return WithoutReturn(before, rest[..length]);
            }
            (before ??= new()).Append(rest);
            _next = _end;
        }
        while (Fill());
        return WithoutReturn(before, default);
    }

    public override string ReadToEnd()
    {
        var text = new StringBuilder();
        while (Fill())
        {
            text.Append(_characters.AsSpan(_next, _end - _next));
            _next = _end;
        }
        return text.ToString();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _bytes.Length > 0)
        {
            Tell();
            _stream.Dispose();
            _file.Dispose();
            ArrayPool<byte>.Shared.Return(_bytes);
            ArrayPool<char>.Shared.Return(_characters);
            (_bytes, _characters, _next, _end, _ended) = ([], [], 0, 0, true);
        }
        base.Dispose(disposing);
    }

    private static string WithoutReturn(StringBuilder? before, ReadOnlySpan<char> last)
    {
        if (before == null) return last.EndsWith('\r') ? last[..^1].ToString() : last.ToString();
        before.Append(last);
        if (before.Length > 0 && before[^1] == '\r') before.Length--;
        return before.ToString();
    }

    // Decodes until there is a character to give; false at the end.
    private bool Fill()
    {
        while (_next == _end)
        {
            if (_ended) return false;
            ReadBytes();
            Decode();
        }
        return true;
    }

    private void ReadBytes()
    {
        try
        {
            var count = _stream.Read(_bytes, _byteCount, BufferSize - _byteCount);
            _byteCount += count;
            _ended = count == 0;
            _bytesRead += count;
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(_path, $"is a broken gzip file: {exception.Message}", exception);
        }
        Tell();
        if (_ended && _isPacked && GzipEnd.IsMissing(_path, _bytesRead))
            throw new DataFormatException(_path, $"is a broken gzip file: it ends too early, after {_bytesRead} bytes of text");
    }

    private void Decode()
    {
        var bytes = _bytes.AsSpan(0, _byteCount);
        var status = Utf8.ToUtf16(bytes, _characters, out var used, out var written, _replace, isFinalBlock: _ended);
        if (status == OperationStatus.InvalidData) throw Undecodable(bytes[used..], _bytesDecoded + used);
        // The mark that some programs put in front of UTF-8 is no character of the text.
        var isMark = _bytesDecoded == 0 && written > 0 && _characters[0] == '\uFEFF';
        (_next, _end) = (isMark ? 1 : 0, written);
        bytes[used..].CopyTo(_bytes);
        _byteCount -= used;
        _bytesDecoded += used;
    }

    private DataFormatException Undecodable(ReadOnlySpan<byte> rest, long position)
    {
        var shown = string.Join(' ', rest[..Math.Min(4, rest.Length)].ToArray().Select(value => value.ToString("X2")));
        var where = _isPacked ? " of the unpacked text" : "";
        var guess = position == 0 && rest is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? "The file seems to be UTF-16. " : "";
        return DataFormatException.AtByte(
            _path, position,
            $"the bytes {shown}{where} are not UTF-8. {guess}Convert the file, or set {nameof(DocumentOptions.ReplaceUndecodable)}");
    }

    private void Tell()
    {
        if (_advance == null) return;
        var position = _file.Position;
        if (position > _told) _advance(position - _told);
        _told = position;
    }
}
