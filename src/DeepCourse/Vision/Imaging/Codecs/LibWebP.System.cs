using System.Runtime.InteropServices;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Imaging;

/// <summary>WebP through libwebp: one frame, lossy or lossless.</summary>
internal static unsafe class LibWebP
{
    /// <summary>The version of the interface in decode.h; the library refuses other major versions.</summary>
    private const int InterfaceVersion = 0x0208;

    private static readonly CodecLibrary Library = new(
        "WebP pictures", "libwebp7", "libwebp.so.7", "libwebp.so.6", "libwebp.so", "libwebp.dylib", "libwebp");

    private static readonly nint FeaturesAddress = Library["WebPGetFeaturesInternal"];
    private static readonly nint RgbAddress = Library["WebPDecodeRGBInto"];
    private static readonly nint RgbaAddress = Library["WebPDecodeRGBAInto"];

    public static PixelSize Size(ReadOnlySpan<byte> data, string name)
    {
        fixed (byte* bytes = data)
        {
            var features = ReadHead(bytes, data.Length, name);
            return new PixelSize(features.Width, features.Height);
        }
    }

    public static Raster Decode(ReadOnlySpan<byte> data, in DecodeRequest request)
    {
        fixed (byte* bytes = data)
        {
            var features = ReadHead(bytes, data.Length, request.Name);
            if (features.HasAnimation != 0)
                throw new DataFormatException(request.Name, "expected a still WebP picture, found an animation");
            var channels = features.HasAlpha != 0 ? 4 : 3;
            var raster = request.Allocate(new PixelSize(features.Width, features.Height), channels);
            fixed (byte* target = raster.Pixels)
            {
                var decode = (delegate* unmanaged[Cdecl]<byte*, nuint, byte*, nuint, int, byte*>)
                    (channels == 4 ? RgbaAddress : RgbAddress);
                if (decode(
                    bytes, (nuint)data.Length, target, (nuint)(raster.Stride * raster.Height), raster.Stride) == null)
                {
                    raster.Release();
                    throw new DataFormatException(request.Name, "damaged WebP: the pixels are truncated or corrupted");
                }
            }
            return Colours.ToLayout(raster, request.Layout, request.Rent);
        }
    }

    private static Features ReadHead(byte* bytes, int length, string name)
    {
        Library.Require();
        Features features;
        var read = (delegate* unmanaged[Cdecl]<byte*, nuint, Features*, int, int>)FeaturesAddress;
        var status = read(bytes, (nuint)length, &features, InterfaceVersion);
        return status == 0
            ? features
            : throw new DataFormatException(
                name, $"damaged WebP: the head is truncated or corrupted (status {status})");
    }

    /// <summary>struct WebPBitstreamFeatures of decode.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Features
    {
        public int Width;
        public int Height;
        public int HasAlpha;
        public int HasAnimation;
        public int Format;
        private fixed uint padding[5];
    }
}
