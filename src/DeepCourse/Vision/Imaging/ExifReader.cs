using System.Buffers.Binary;

namespace DeepCourse.Vision.Imaging;

/// <summary>Finds the orientation in a picture's EXIF block and nothing else. Broken EXIF data counts as none: cameras
/// and editors write much of it, and the pixels are still good.</summary>
internal static class ExifReader
{
    private const ushort OrientationTag = 0x0112;

    public static ExifOrientation Orientation(ReadOnlySpan<byte> file, ImageFormat format)
    {
        var exif = format switch
        {
            ImageFormat.Jpeg => InJpeg(file),
            ImageFormat.Png => InPng(file),
            _ => InWebP(file),
        };
        return InTiff(exif);
    }

    /// <summary>JPEG: segment APP1 (0xE1) that starts with "Exif\0\0", before the first scan.</summary>
    private static ReadOnlySpan<byte> InJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker is 0xDA or 0xD9) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) break;
            var body = file.Slice(at + 4, length - 2);
            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8)) return body[6..];
            at += 2 + length;
        }
        return default;
    }

    /// <summary>PNG: chunk eXIf, which may stand before or after the pixels.</summary>
    private static ReadOnlySpan<byte> InPng(ReadOnlySpan<byte> file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) break;
            if (file.Slice(at + 4, 4).SequenceEqual("eXIf"u8)) return file.Slice(at + 8, (int)length);
            at += 12 + (int)length;
        }
        return default;
    }

    /// <summary>WebP: RIFF chunk "EXIF", padded to even length.</summary>
    private static ReadOnlySpan<byte> InWebP(ReadOnlySpan<byte> file)
    {
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8) break;
            var body = file.Slice(at + 8, (int)length);
            if (file.Slice(at, 4).SequenceEqual("EXIF"u8)) return body.StartsWith("Exif\0\0"u8) ? body[6..] : body;
            at += 8 + (int)length + ((int)length & 1);
        }
        return default;
    }

    /// <summary>The TIFF structure inside: byte order, offset of the first directory, entries of 12 bytes.</summary>
    private static ExifOrientation InTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14) return ExifOrientation.Upright;
        bool little;
        if (tiff.StartsWith("II*\0"u8)) little = true;
        else if (tiff.StartsWith("MM\0*"u8)) little = false;
        else return ExifOrientation.Upright;

        var directory = UInt32(tiff, 4, little);
        if (directory > tiff.Length - 2) return ExifOrientation.Upright;
        var count = UInt16(tiff, (int)directory, little);
        for (var entry = 0; entry < count; entry++)
        {
            var at = (int)directory + 2 + (entry * 12);
            if (at + 12 > tiff.Length) break;
            if (UInt16(tiff, at, little) != OrientationTag) continue;
            var value = UInt16(tiff, at + 8, little);
            return value is >= 1 and <= 8 ? (ExifOrientation)value : ExifOrientation.Upright;
        }
        return ExifOrientation.Upright;
    }

    private static ushort UInt16(ReadOnlySpan<byte> data, int at, bool little) => little
        ? BinaryPrimitives.ReadUInt16LittleEndian(data[at..])
        : BinaryPrimitives.ReadUInt16BigEndian(data[at..]);

    private static uint UInt32(ReadOnlySpan<byte> data, int at, bool little) => little
        ? BinaryPrimitives.ReadUInt32LittleEndian(data[at..])
        : BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
}
