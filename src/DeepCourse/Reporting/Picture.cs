using System.Buffers.Binary;

namespace DeepCourse.Reporting;

/// <summary>A PNG, JPEG or WebP picture to embed, with what is drawn over it.</summary>
public sealed record Picture
{
    /// <summary>A picture from the bytes of its file.</summary>
    /// <param name="bytes">A PNG, JPEG or WebP file; kept, not copied.</param>
    /// <param name="alt">What it shows, for readers who can't see it.</param>
    /// <exception cref="ArgumentException">The bytes are no PNG, JPEG or WebP, or end before the size is told.</exception>
    public Picture(byte[] bytes, string alt)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Alt = alt;
        (MediaType, Width, Height) = Measure(bytes);
        Bytes = bytes;
    }

    /// <summary>The file's bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>image/png, image/jpeg or image/webp.</summary>
    public string MediaType { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>What it shows, for readers who can't see it.</summary>
    public string Alt { get; }

    /// <summary>Text under the picture; null for none.</summary>
    public string? Caption { get; init; }

    /// <summary>Whether the prediction shown is right; marks the caption with ✓ or ✗. Null marks nothing.</summary>
    public bool? Correct { get; init; }

    /// <summary>Boxes drawn over the picture.</summary>
    public IReadOnlyList<BoxMark> Boxes { get; init; } = [];

    internal string DataUri => $"data:{MediaType};base64,{Convert.ToBase64String(Bytes.Span)}";

    private static (string, int, int) Measure(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 24 && file[0] == 0x89 && file[1..4].SequenceEqual("PNG"u8))
            return ("image/png", BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        if (file.Length > 4 && file[0] == 0xff && file[1] == 0xd8 && JpegSize(file) is { } jpeg) return ("image/jpeg", jpeg.Width, jpeg.Height);
        if (file.Length >= 30 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8) && WebPSize(file) is { } webp) return ("image/webp", webp.Width, webp.Height);
        throw new ArgumentException("expected the bytes of a PNG, JPEG or WebP file with its size in the header", nameof(file));
    }

    // The frame header (SOF0..SOF15 but for the tables among them) carries height and width.
    private static (int Width, int Height)? JpegSize(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 9 < file.Length)
        {
            if (file[at] != 0xff) return null;
            var marker = file[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return null;
    }

    private static (int Width, int Height)? WebPSize(ReadOnlySpan<byte> file)
    {
        var kind = file[12..16];
        if (kind.SequenceEqual("VP8 "u8))
            return (BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3fff, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3fff);
        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return ((int)(bits & 0x3fff) + 1, (int)((bits >> 14) & 0x3fff) + 1);
        }
        if (kind.SequenceEqual("VP8X"u8)) return (1 + Three(file[24..]), 1 + Three(file[27..]));
        return null;
    }

    private static int Three(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);
}
