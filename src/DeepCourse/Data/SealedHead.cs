using System.Buffers.Binary;
using System.Text.Json;
using DeepCourse.Tensors;

namespace DeepCourse.Data;

/// <summary>The first 64 bytes of our large files, and the notes at their end: they tell whether the file is of the kind,
/// of the version, all there and sound, without reading what lies between.</summary>
/// <remarks>
/// All numbers are little-endian. Bytes 0 to 8 name the kind, then come the version (4 bytes at 8), the length of the file
/// (8 at 32), the length of the notes (4 at 40), their CRC-32C (4 at 44), and the head's own CRC-32C (4 at 60). The rest
/// (12 to 32, 48 to 60) is the kind's own. The notes are JSON.
/// </remarks>
/// <param name="Magic">The eight letters that name the kind.</param>
/// <param name="Version">The version that is written, and the only one that is read.</param>
/// <param name="Kind">The kind in words with its article, for errors: <c>a token file</c>.</param>
internal sealed record SealedHead(string Magic, int Version, string Kind)
{
    public const int Size = 64;
    private const int Checked = Size - sizeof(uint);

    /// <summary>Whether a file is of this kind but of an older version: of no more use, and free to be replaced.</summary>
    public bool IsOutdated(string path)
    {
        Span<byte> head = stackalloc byte[12];
        using var file = File.OpenHandle(path);
        return RandomAccess.Read(file, head, 0) == head.Length && Names(head) && BinaryPrimitives.ReadInt32LittleEndian(head[8..]) < Version;
    }

    /// <summary>Writes the notes, then the head; everything between is there.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="notesOffset">Where the notes begin, and everything else has ended.</param>
    /// <param name="notes">The notes.</param>
    /// <param name="own">A head whose bytes of the kind's own are set.</param>
    public void Write<TNotes>(Stream stream, long notesOffset, TNotes notes, Span<byte> own)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(notes);
        stream.Position = notesOffset;
        stream.Write(text);
        stream.SetLength(stream.Position);

        for (var letter = 0; letter < Magic.Length; letter++) own[letter] = (byte)Magic[letter];
        BinaryPrimitives.WriteInt32LittleEndian(own[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(own[32..], stream.Length);
        BinaryPrimitives.WriteInt32LittleEndian(own[40..], text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(own[44..], Checksum.Of(text));
        BinaryPrimitives.WriteUInt32LittleEndian(own[Checked..], Checksum.Of(own[..Checked]));
        stream.Position = 0;
        stream.Write(own);
    }

    /// <summary>Reads head and notes, and checks that the file is all there.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <param name="head">Gets the head; <see cref="Size"/> bytes.</param>
    /// <returns>The notes, and where they begin.</returns>
    /// <exception cref="DataFormatException">The file is truncated, damaged or of another kind.</exception>
    public (TNotes Notes, long Offset) Read<TNotes>(Stream stream, string path, Span<byte> head)
    {
        var read = stream.ReadAtLeast(head, Size, throwOnEndOfStream: false);
        if (read < Magic.Length || !Names(head)) throw new DataFormatException(path, $"is not {Kind}: it doesn't begin as one");
        if (read < Size) throw new DataFormatException(path, $"is truncated: {read} bytes are not {Kind}. Build it again");
        var version = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        if (version != Version)
            throw new DataFormatException(path, $"is {Kind} of version {version}; version {Version} can be read. Build it again");
        if (Checksum.Of(head[..Checked]) != BinaryPrimitives.ReadUInt32LittleEndian(head[Checked..])) throw Damaged("head");
        var length = BinaryPrimitives.ReadInt64LittleEndian(head[32..]);
        if (stream.Length != length)
            throw new DataFormatException(path, $"is truncated: {stream.Length} of {length} bytes are there. Build it again");

        var text = new byte[BinaryPrimitives.ReadInt32LittleEndian(head[40..])];
        stream.Position = length - text.Length;
        stream.ReadExactly(text);
        if (Checksum.Of(text) != BinaryPrimitives.ReadUInt32LittleEndian(head[44..])) throw Damaged("notes");
        return (JsonSerializer.Deserialize<TNotes>(text)!, length - text.Length);

        DataFormatException Damaged(string part) => new(path, $"is damaged: the checksum of its {part} is wrong. Build it again");
    }

    private bool Names(ReadOnlySpan<byte> head)
    {
        for (var letter = 0; letter < Magic.Length; letter++)
            if (head[letter] != Magic[letter]) return false;
        return true;
    }
}
