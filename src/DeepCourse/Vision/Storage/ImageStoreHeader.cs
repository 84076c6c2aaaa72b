using System.Buffers.Binary;
using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Storage;

/// <summary>The fixed head of a store and the notes at its end.</summary>
/// <remarks>
/// A <see cref="SealedHead"/>, with the bytes of a row of the table at 12, the number of pictures at 16, the place of the
/// table at 24 and its CRC-32C at 48. Then the pictures, each beginning at a multiple of 16; the table, a
/// <see cref="StoredImage"/> for each picture; and the notes.
/// </remarks>
internal sealed record ImageStoreHeader(int Count, long TableOffset, uint TableChecksum, ImageStoreNotes Notes)
{
    /// <summary>Where the pictures begin.</summary>
    public const int Size = SealedHead.Size;

    public const int Alignment = 16;

    private static readonly SealedHead kind = new("DCIMAGES", 1, "an image store");

    public long NotesOffset => TableOffset + (long)Count * StoredImage.RowSize;

    /// <summary>Whether a file is a store of an older version: of no more use, and free to be replaced.</summary>
    public static bool IsOutdated(string path) => kind.IsOutdated(path);

    /// <summary>Writes the notes, then the head; everything between is there.</summary>
    public void Write(Stream stream)
    {
        Span<byte> head = stackalloc byte[SealedHead.Size];
        head.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], StoredImage.RowSize);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], TableOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(head[48..], TableChecksum);
        kind.Write(stream, NotesOffset, Notes, head);
    }

    /// <summary>Reads head and notes, and checks that the file is all there.</summary>
    /// <exception cref="DataFormatException">The file is truncated, damaged or of another kind.</exception>
    public static ImageStoreHeader Read(Stream stream, string path)
    {
        Span<byte> head = stackalloc byte[SealedHead.Size];
        var (notes, _) = kind.Read<ImageStoreNotes>(stream, path, head);
        return new(
            checked((int)BinaryPrimitives.ReadInt64LittleEndian(head[16..])),
            BinaryPrimitives.ReadInt64LittleEndian(head[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(head[48..]),
            notes);
    }
}
