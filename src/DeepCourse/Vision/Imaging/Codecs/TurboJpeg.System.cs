using System.Buffers;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Imaging;

/// <summary>JPEG through libjpeg-turbo's TurboJPEG interface (version 2 or 3), with scaled inverse
/// transforms.</summary>
internal static unsafe class TurboJpeg
{
    // Constants of turbojpeg.h.
    private const int PixelsRgb = 0, PixelsGrey = 6, PixelsRgba = 7, PixelsCmyk = 11;
    private const int ColoursCmyk = 3;
    private const int Subsampling420 = 2, SubsamplingGrey = 3;

    /// <summary>Eighths of the full size. The others that the library knows have no SIMD code and cost more.</summary>
    private static ReadOnlySpan<int> Scales => [1, 2, 4];

    public static PixelSize Size(ReadOnlySpan<byte> data, string name)
    {
        fixed (byte* bytes = data) return ReadHead(bytes, data.Length, name).Size;
    }

    public static Raster Decode(ReadOnlySpan<byte> data, in DecodeRequest request)
    {
        fixed (byte* bytes = data)
        {
            var (stored, colours) = ReadHead(bytes, data.Length, request.Name);
            var size = Scaled(stored, request.LeastScale);
            var cmyk = colours >= ColoursCmyk;
            var (channels, pixels) = cmyk ? (4, PixelsCmyk) : request.Layout switch
            {
                PixelLayout.Rgb => (3, PixelsRgb),
                PixelLayout.Rgba => (4, PixelsRgba),
                _ => (1, PixelsGrey),
            };
            var raster = cmyk
                ? Raster.Allocate(size.Width, size.Height, channels, rent: true)
                : request.Allocate(size, channels);
            fixed (byte* target = raster.Pixels)
            {
                var status = TurboJpegApi.Decompress(
                    TurboJpegHandle.Decompressor.Pointer, bytes, (nuint)data.Length, target, size.Width, 0, size.Height,
                    pixels, 0);
                if (status != 0 && Damage(request.TolerateDamage) is { } damage)
                {
                    raster.Release();
                    throw new DataFormatException(request.Name, $"damaged JPEG: {damage}");
                }
            }
            return cmyk ? FromCmyk(raster, request) : raster;
        }
    }

    public static byte[] Encode(Image image, int quality)
    {
        var encoder = TurboJpegHandle.Compressor;
        var (pixels, subsampling) = image.Channels switch
        {
            1 => (PixelsGrey, SubsamplingGrey),
            3 => (PixelsRgb, Subsampling420),
            _ => (PixelsRgba, Subsampling420),
        };
        var largest = (int)TurboJpegApi.LargestSize(image.Width, image.Height, subsampling);
        var buffer = ArrayPool<byte>.Shared.Rent(largest);
        try
        {
            fixed (byte* source = image.Pixels, first = buffer)
            {
                var target = first;
                var length = (nuint)buffer.Length;
                var status = TurboJpegApi.Compress(
                    encoder.Pointer, source, image.Width, 0, image.Height, pixels, &target, &length, subsampling,
                    quality, TurboJpegApi.KeepBuffer);
                if (status != 0) throw new InvalidOperationException($"can't encode {image} as JPEG: {encoder.Error}");
                return buffer.AsSpan(0, (int)length).ToArray();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (PixelSize Size, int Colours) ReadHead(byte* bytes, int length, string name)
    {
        int width = 0, height = 0, subsampling = 0, colours = 0;
        var status = TurboJpegApi.ReadHeader(
            TurboJpegHandle.Decompressor.Pointer, bytes, (nuint)length, &width, &height, &subsampling, &colours);
        if (status == 0) return (new PixelSize(width, height), colours);
        var (message, isFatal) = TurboJpegHandle.Discard();
        if (isFatal || width <= 0 || height <= 0) throw new DataFormatException(name, $"damaged JPEG: {message}");
        return (new PixelSize(width, height), colours);
    }

    private static PixelSize Scaled(PixelSize stored, double leastScale)
    {
        foreach (var eighths in Scales)
            if (eighths >= leastScale * 8)
                return new PixelSize(((stored.Width * eighths) + 7) / 8, ((stored.Height * eighths) + 7) / 8);
        return stored;
    }

    /// <summary>What is wrong with the file, or null when that is tolerated. Extra bytes between segments always are:
    /// some cameras write them, they do no harm, and the library warns of them as of real damage.</summary>
    private static string? Damage(bool tolerate)
    {
        var (message, isFatal) = TurboJpegHandle.Discard();
        var harmless = tolerate || message.Contains("extraneous bytes", StringComparison.Ordinal);
        return !isFatal && harmless ? null : message;
    }

    private static Raster FromCmyk(Raster cmyk, in DecodeRequest request)
    {
        var channels = request.Layout == PixelLayout.Rgba ? 4 : 3;
        var raster = request.Allocate(cmyk.Size, channels);
        Colours.FromInvertedCmyk(cmyk.Span, raster.Span, channels);
        cmyk.Release();
        return Colours.ToLayout(raster, request.Layout, request.Rent);
    }
}
