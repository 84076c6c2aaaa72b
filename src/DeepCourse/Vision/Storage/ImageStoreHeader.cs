using System.Buffers.Binary;
using System.Text.Json;
using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Storage;

/// <summary>The fixed head of a store and the notes at its end.</summary>
/// <remarks>
/// All numbers are little-endian. The head, 64 bytes: "DCIMAGES", version, bytes of a row of the table, number of pictures,
/// place of the table, length of the file, length of the notes, CRC-32C of the notes and of the table, zeros, and the
/// head's own CRC-32C. Then the pictures, each beginning at a multiple of 16; the table, a <see cref="StoredImage"/> for
/// each picture; and the notes as JSON.
/// </remarks>
internal sealed record ImageStoreHeader(int Count, long TableOffset, uint TableChecksum, ImageStoreNotes Notes)
{
    public const int Size = 64;
    public const int Alignment = 16;
    private const int Version = 1;
    private const int HeadChecked = Size - sizeof(uint);

    public long NotesOffset => TableOffset + (long)Count * StoredImage.RowSize;

    private static ReadOnlySpan<byte> Magic => "DCIMAGES"u8;

    /// <summary>Whether a file is a store of an older version: of no more use, and free to be replaced.</summary>
    public static bool IsOutdated(string path)
    {
        Span<byte> head = stackalloc byte[12];
        using var file = File.OpenHandle(path);
        return RandomAccess.Read(file, head, 0) == head.Length && head[..8].SequenceEqual(Magic)
            && BinaryPrimitives.ReadInt32LittleEndian(head[8..]) < Version;
    }

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
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], StoredImage.RowSize);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], TableOffset);
        BinaryPrimitives.WriteInt64LittleEndian(head[32..], stream.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], notes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[44..], Checksum.Of(notes));
        BinaryPrimitives.WriteUInt32LittleEndian(head[48..], TableChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(head[HeadChecked..], Checksum.Of(head[..HeadChecked]));
        stream.Position = 0;
        stream.Write(head);
    }

    /// <summary>Reads head and notes, and checks that the file is all there.</summary>
    /// <exception cref="DataFormatException">The file is truncated, damaged or of another kind.</exception>
    public static ImageStoreHeader Read(Stream stream, string path)
    {
        Span<byte> head = stackalloc byte[Size];
        var read = stream.ReadAtLeast(head, Size, throwOnEndOfStream: false);
        if (read < Magic.Length || !head[..8].SequenceEqual(Magic))
            throw new DataFormatException(path, "is not an image store: it doesn't begin as one");
        if (read < Size) throw new DataFormatException(path, $"is truncated: {read} bytes are not even a head. Build it again");
        var version = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        if (version != Version)
            throw new DataFormatException(path, $"is an image store of version {version}; version {Version} can be read. Build it again");
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
        return new(
            checked((int)BinaryPrimitives.ReadInt64LittleEndian(head[16..])),
            BinaryPrimitives.ReadInt64LittleEndian(head[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(head[48..]),
            JsonSerializer.Deserialize<ImageStoreNotes>(notes)!);
    }
}
