using DeepCourse.Tensors;

namespace DeepCourse.Vision.Imaging;

/// <summary>Tells formats apart by their first bytes; file names lie.</summary>
internal static class ImageSignature
{
    private const int Longest = 16;

    public static ImageFormat Detect(ReadOnlySpan<byte> data, string name)
    {
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return ImageFormat.Jpeg;
        if (data.StartsWith(PngSignature)) return ImageFormat.Png;
        if (data.Length >= 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8)) return ImageFormat.WebP;
        throw new DataFormatException(name, Describe(data));
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static string Describe(ReadOnlySpan<byte> data)
    {
        const string expected = "expected a JPEG, PNG or WebP picture";
        if (data.IsEmpty) return $"{expected}, found an empty file (0 bytes)";
        var other = Name(data);
        if (other is not null) return $"{expected}, found {other}";
        var head = data[..Math.Min(Longest, data.Length)];
        return IsText(head)
            ? $"{expected}, found text that starts with \"{System.Text.Encoding.ASCII.GetString(head).Trim()}\""
            : $"{expected}, found bytes {Convert.ToHexString(head)}";
    }

    private static string? Name(ReadOnlySpan<byte> data) => data switch
    {
        _ when data.StartsWith("GIF8"u8) => "a GIF",
        _ when data.StartsWith("BM"u8) => "a BMP",
        _ when data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8) => "a TIFF",
        _ when data.Length >= 12 && data[4..].StartsWith("ftyp"u8) => "a HEIC, AVIF or MP4 file",
        _ when data.StartsWith("%PDF"u8) => "a PDF",
        _ when data.StartsWith("PK\x03\x04"u8) => "a zip archive",
        _ => null,
    };

    private static bool IsText(ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
            if (value is not ((>= 0x20 and < 0x7F) or (byte)'\n' or (byte)'\r' or (byte)'\t')) return false;
        return true;
    }
}
