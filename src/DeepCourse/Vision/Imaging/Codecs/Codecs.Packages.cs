using System.Buffers.Binary;
using DeepCourse.Tensors;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using Sharp = SixLabors.ImageSharp;

namespace DeepCourse.Vision.Imaging;

/// <summary>The codecs of this stack: ImageSharp. Orientation and layout are handled above it, as on the other
/// stack.</summary>
internal static class Codecs
{
    private const int PaletteColourType = 3, ColourTypePosition = 25;

    public static PixelSize Size(ReadOnlySpan<byte> data, ImageFormat format, string name)
    {
        try
        {
            var info = Sharp.Image.Identify(data);
            return new PixelSize(info.Width, info.Height);
        }
        catch (Sharp.ImageFormatException error)
        {
            throw Damaged(format, name, error);
        }
    }

    public static Raster Decode(ReadOnlySpan<byte> data, in DecodeRequest request)
    {
        try
        {
            var jpeg = request.Info.Format == ImageFormat.Jpeg;
            var raster = jpeg ? Decode<Rgb24>(data, request, 3) : Decode<Rgba32>(data, request, 4);
            var palette = request.Info.Format == ImageFormat.Png && data[ColourTypePosition] == PaletteColourType;
            if (request.Layout != PixelLayout.Labels || !palette)
                return Colours.ToLayout(raster, request.Layout, request.Rent);
            return ToIndices(raster, data, request);
        }
        catch (Sharp.ImageFormatException error)
        {
            throw Damaged(request.Info.Format, request.Name, error);
        }
    }

    public static byte[] EncodeJpeg(Image image, int quality)
    {
        var grey = image.Channels == 1;
        return Encode(image, new JpegEncoder
        {
            Quality = quality,
            ColorType = grey ? JpegEncodingColor.Luminance : JpegEncodingColor.YCbCrRatio420,
        });
    }

    public static byte[] EncodePng(Image image) => Encode(image, new PngEncoder
    {
        BitDepth = PngBitDepth.Bit8,
        ColorType = image.Channels switch
        {
            1 => PngColorType.Grayscale,
            3 => PngColorType.Rgb,
            _ => PngColorType.RgbWithAlpha,
        },
    });

    /// <summary>A target size makes ImageSharp's JPEG decoder use scaled inverse transforms before it
    /// resizes.</summary>
    private static Raster Decode<TPixel>(ReadOnlySpan<byte> data, in DecodeRequest request, int channels)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var stored = request.Info.StoredSize;
        var shrink = request.Info.Format == ImageFormat.Jpeg && request.LeastScale < 1;
        var options = new DecoderOptions
        {
            MaxFrames = 1,
            TargetSize = shrink
                ? new Sharp.Size(
                    (int)Math.Ceiling(stored.Width * request.LeastScale),
                    (int)Math.Ceiling(stored.Height * request.LeastScale))
                : null,
        };
        using var picture = Sharp.Image.Load<TPixel>(options, data);
        var raster = request.Allocate(new PixelSize(picture.Width, picture.Height), channels);
        picture.CopyPixelDataTo(raster.Span);
        return raster;
    }

    /// <summary>ImageSharp turns a palette into colours; its first entry of each colour turns them back into
    /// indices.</summary>
    private static Raster ToIndices(Raster colours, ReadOnlySpan<byte> data, in DecodeRequest request)
    {
        var indices = new Dictionary<int, byte>();
        for (var at = 8; at + 12 <= data.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
            if (length < 0 || length > data.Length - at - 12) break;
            var body = data.Slice(at + 8, length);
            if (data.Slice(at + 4, 4).SequenceEqual("PLTE"u8))
                for (var entry = 0; entry < length / 3; entry++)
                    indices.TryAdd(Key(body[(entry * 3)..]), (byte)entry);
            at += 12 + length;
        }
        var raster = request.Allocate(colours.Size, 1);
        var from = colours.Span;
        var to = raster.Span;
        for (var pixel = 0; pixel < to.Length; pixel++) to[pixel] = indices[Key(from[(pixel * 4)..])];
        colours.Release();
        return raster;
    }

    private static int Key(ReadOnlySpan<byte> colour) => (colour[0] << 16) | (colour[1] << 8) | colour[2];

    private static byte[] Encode(Image image, IImageEncoder encoder)
    {
        using Sharp.Image picture = image.Channels switch
        {
            1 => Sharp.Image.LoadPixelData<L8>((ReadOnlySpan<byte>)image.Pixels, image.Width, image.Height),
            3 => Sharp.Image.LoadPixelData<Rgb24>((ReadOnlySpan<byte>)image.Pixels, image.Width, image.Height),
            _ => Sharp.Image.LoadPixelData<Rgba32>((ReadOnlySpan<byte>)image.Pixels, image.Width, image.Height),
        };
        using var stream = new MemoryStream();
        picture.Save(stream, encoder);
        return stream.ToArray();
    }

    private static DataFormatException Damaged(ImageFormat format, string name, Exception error) =>
        new(name, $"damaged {format}: {error.Message}", error);
}
