using System.Buffers.Binary;
using System.Text.Json;
using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Corpora;

/// <summary>The fixed head of a token file and the notes at its end.</summary>
/// <remarks>
/// All numbers are little-endian. The head, 64 bytes: "DCTOKENS", version, bytes of a token (2 or 4), number of tokens,
/// number of documents, length of the file, place and length of the notes, their CRC-32C, 1 if there are labels,
/// zeros, and the head's own CRC-32C. Then the tokens, zeros up to a multiple of 8, the end of each document (8 bytes,
/// counted in tokens), the label of each document (4 bytes, -1 for none) if there are labels, and the notes as JSON.
/// </remarks>
internal sealed record TokenFileHeader
{
    public const int Size = 64;
    private const int Version = 1;
    private const int HeadChecked = Size - sizeof(uint);

    public required int Width { get; init; }

    public required long TokenCount { get; init; }

    public required int DocumentCount { get; init; }

    public required bool HasLabels { get; init; }

    public required TokenFileNotes Notes { get; init; }

    public static ReadOnlySpan<byte> Magic => "DCTOKENS"u8;

    public long EndsOffset => (Size + TokenCount * Width + 7) / 8 * 8;

    public long LabelsOffset => EndsOffset + 8L * DocumentCount;

    public long NotesOffset => LabelsOffset + (HasLabels ? 4L * DocumentCount : 0);

    /// <summary>The bytes of a token for a vocabulary of a size.</summary>
    public static int WidthFor(int vocabularySize) => vocabularySize <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(uint);

    /// <summary>The number that fills up batches; 0 where a vocabulary has none, as lengths tell what it fills.</summary>
    public static int PaddingOf(TokenVocabulary vocabulary) =>
        vocabulary.Contains(SpecialToken.Padding) ? vocabulary.IndexOf(SpecialToken.Padding) : 0;

    /// <summary>Writes the notes, then the head; everything between is there.</summary>
    public void Write(Stream stream)
    {
        var notes = JsonSerializer.SerializeToUtf8Bytes(Notes);
        stream.Position = NotesOffset;
        stream.Write(notes);
        stream.SetLength(stream.Position);

        Span<byte> head = stackalloc byte[Size];
        head.Clear();
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], Width);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], TokenCount);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], DocumentCount);
        BinaryPrimitives.WriteInt64LittleEndian(head[32..], stream.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], notes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[44..], Checksum.Of(notes));
        BinaryPrimitives.WriteInt32LittleEndian(head[48..], HasLabels ? 1 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(head[HeadChecked..], Checksum.Of(head[..HeadChecked]));
        stream.Position = 0;
        stream.Write(head);
    }

    /// <summary>Reads head and notes, and checks that the file is all there.</summary>
    /// <exception cref="DataFormatException">The file is truncated, damaged or of another kind.</exception>
    public static TokenFileHeader Read(Stream stream, string path)
    {
        Span<byte> head = stackalloc byte[Size];
        if (stream.ReadAtLeast(head, Size, throwOnEndOfStream: false) < Size || !head[..8].SequenceEqual(Magic))
            throw new DataFormatException(path, "is not a token file: it doesn't begin as one");
        var version = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        if (version != Version)
            throw new DataFormatException(path, $"is a token file of version {version}; version {Version} can be read. Build it again");
        if (Checksum.Of(head[..HeadChecked]) != BinaryPrimitives.ReadUInt32LittleEndian(head[HeadChecked..]))
            throw new DataFormatException(path, "is damaged: the checksum of its head is wrong. Build it again");
        var length = BinaryPrimitives.ReadInt64LittleEndian(head[32..]);
        if (stream.Length != length)
            throw new DataFormatException(path, $"is truncated: {stream.Length} of {length} bytes are there. Build it again");

        var notes = new byte[BinaryPrimitives.ReadInt32LittleEndian(head[40..])];
        stream.Position = length - notes.Length;
        stream.ReadExactly(notes);
        if (Checksum.Of(notes) != BinaryPrimitives.ReadUInt32LittleEndian(head[44..]))
            throw new DataFormatException(path, "is damaged: the checksum of its notes is wrong. Build it again");
        var header = new TokenFileHeader
        {
            Width = BinaryPrimitives.ReadInt32LittleEndian(head[12..]),
            TokenCount = BinaryPrimitives.ReadInt64LittleEndian(head[16..]),
            DocumentCount = checked((int)BinaryPrimitives.ReadInt64LittleEndian(head[24..])),
            HasLabels = BinaryPrimitives.ReadInt32LittleEndian(head[48..]) != 0,
            Notes = JsonSerializer.Deserialize<TokenFileNotes>(notes)!,
        };
        if (header.NotesOffset + notes.Length != length)
            throw new DataFormatException(path, $"is damaged: its parts make {header.NotesOffset + notes.Length} bytes, but it has {length}. Build it again");
        return header;
    }
}
