using System.Buffers.Binary;
using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Corpora;

/// <summary>The fixed head of a token file and the notes at its end.</summary>
/// <remarks>
/// A <see cref="SealedHead"/>, with the bytes of a token (2 or 4) at 12, the number of tokens at 16 and of documents at 24,
/// and 1 at 48 if there are labels. Then the tokens, zeros up to a multiple of 8, the end of each document (8 bytes,
/// counted in tokens), the label of each document (4 bytes, -1 for none) if there are labels, and the notes.
/// </remarks>
internal sealed record TokenFileHeader
{
    /// <summary>Where the tokens begin.</summary>
    public const int Size = SealedHead.Size;

    private static readonly SealedHead kind = new("DCTOKENS", 1, "a token file");

    public required int Width { get; init; }

    public required long TokenCount { get; init; }

    public required int DocumentCount { get; init; }

    public required bool HasLabels { get; init; }

    public required TokenFileNotes Notes { get; init; }

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
        Span<byte> head = stackalloc byte[SealedHead.Size];
        head.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], Width);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], TokenCount);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], DocumentCount);
        BinaryPrimitives.WriteInt32LittleEndian(head[48..], HasLabels ? 1 : 0);
        kind.Write(stream, NotesOffset, Notes, head);
    }

    /// <summary>Reads head and notes, and checks that the file is all there.</summary>
    /// <exception cref="DataFormatException">The file is truncated, damaged or of another kind.</exception>
    public static TokenFileHeader Read(Stream stream, string path)
    {
        Span<byte> head = stackalloc byte[SealedHead.Size];
        var (notes, offset) = kind.Read<TokenFileNotes>(stream, path, head);
        var header = new TokenFileHeader
        {
            Width = BinaryPrimitives.ReadInt32LittleEndian(head[12..]),
            TokenCount = BinaryPrimitives.ReadInt64LittleEndian(head[16..]),
            DocumentCount = checked((int)BinaryPrimitives.ReadInt64LittleEndian(head[24..])),
            HasLabels = BinaryPrimitives.ReadInt32LittleEndian(head[48..]) != 0,
            Notes = notes,
        };
        if (header.NotesOffset != offset)
            throw new DataFormatException(path, $"is damaged: its parts make {header.NotesOffset} bytes, but its notes begin at {offset}. Build it again");
        return header;
    }
}
