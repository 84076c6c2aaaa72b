using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Imaging;

/// <summary>PNG through libpng's simplified interface: every colour type and depth comes out as 8 bits a
/// channel.</summary>
internal static unsafe class LibPng
{
    // Constants of png.h.
    private const uint ImageVersion = 1;
    private const uint Alpha = 1, Colour = 2, ColourMap = 8;
    private const uint Assume16BitIsSrgb = 4;
    private const int PaletteColourType = 3, ColourTypePosition = 25;

    private static readonly CodecLibrary Library = new(
        "PNG pictures", "libpng16-16", "libpng16.so.16", "libpng16.so", "libpng.so", "libpng16.dylib", "libpng16");

    private static readonly nint BeginAddress = Library["png_image_begin_read_from_memory"];
    private static readonly nint FinishAddress = Library["png_image_finish_read"];
    private static readonly nint FreeAddress = Library["png_image_free"];
    private static readonly nint WriteAddress = Library["png_image_write_to_memory"];

    public static PixelSize Size(ReadOnlySpan<byte> data, string name)
    {
        fixed (byte* bytes = data)
        {
            var png = default(PngImage);
            Begin(&png, bytes, data.Length, name);
            Free(&png);
            return new PixelSize((int)png.Width, (int)png.Height);
        }
    }

    public static Raster Decode(ReadOnlySpan<byte> data, in DecodeRequest request)
    {
        fixed (byte* bytes = data)
        {
            var png = default(PngImage);
            Begin(&png, bytes, data.Length, request.Name);
            var size = new PixelSize((int)png.Width, (int)png.Height);
            png.Flags |= Assume16BitIsSrgb;
            var palette = stackalloc byte[256 * 4];
            int channels;
            if (request.Layout == PixelLayout.Labels && data[ColourTypePosition] == PaletteColourType)
            {
                // With a colour map of the file's own colours libpng hands out the stored indices.
                (png.Format, channels) = ((png.Format & Alpha) | Colour | ColourMap, 1);
            }
            else
            {
                png.Format &= Alpha | Colour;
                if (png.Format == Alpha) png.Format |= Colour;
                channels = png.Format switch { 0 => 1, Colour => 3, _ => 4 };
            }
            var raster = request.Allocate(size, channels);
            fixed (byte* target = raster.Pixels)
            {
                if (Finish(&png, target, palette) == 0)
                {
                    raster.Release();
                    throw new DataFormatException(request.Name, $"damaged PNG: {Message(&png)}");
                }
            }
            return Colours.ToLayout(raster, request.Layout, request.Rent);
        }
    }

    public static byte[] Encode(Image image)
    {
        Library.Require();
        var png = new PngImage
        {
            Version = ImageVersion,
            Width = (uint)image.Width,
            Height = (uint)image.Height,
            Format = image.Channels switch { 1 => 0, 3 => Colour, _ => Colour | Alpha },
        };
        // Incompressible data grow by a few bytes per 16 KB block and one filter byte per row.
        var bound = image.Pixels.Length + (image.Pixels.Length / 512) + image.Height + 1024;
        var buffer = ArrayPool<byte>.Shared.Rent(bound);
        try
        {
            fixed (byte* source = image.Pixels, target = buffer)
            {
                var length = (nuint)buffer.Length;
                if (Write(&png, target, &length, 0, source, 0, null) == 0)
                    throw new InvalidOperationException($"can't encode {image} as PNG: {Message(&png)}");
                return buffer.AsSpan(0, (int)length).ToArray();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <remarks>libpng keeps the structure's address for its error handler: it must not move before the end.</remarks>
    private static void Begin(PngImage* png, byte* bytes, int length, string name)
    {
        Library.Require();
        png->Version = ImageVersion;
        var begin = (delegate* unmanaged[Cdecl]<PngImage*, void*, nuint, int>)BeginAddress;
        if (begin(png, bytes, (nuint)length) == 0)
            throw new DataFormatException(name, $"damaged PNG: {Message(png)}");
    }

    private static int Finish(PngImage* png, byte* target, byte* palette) =>
        ((delegate* unmanaged[Cdecl]<PngImage*, void*, void*, int, void*, int>)FinishAddress)(
            png, null, target, 0, palette);

    private static int Write(
        PngImage* png, byte* target, nuint* length, int toEightBits, byte* source, int stride, byte* palette) =>
        ((delegate* unmanaged[Cdecl]<PngImage*, void*, nuint*, int, void*, int, void*, int>)WriteAddress)(
            png, target, length, toEightBits, source, stride, palette);

    private static void Free(PngImage* png) => ((delegate* unmanaged[Cdecl]<PngImage*, void>)FreeAddress)(png);

    private static string Message(PngImage* png)
    {
        var text = new ReadOnlySpan<byte>(png->Message, 64);
        var end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
    }

    /// <summary>struct png_image of png.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PngImage
    {
        public nint Opaque;
        public uint Version;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Flags;
        public uint ColourMapEntries;
        public uint WarningOrError;
        public fixed byte Message[64];
    }
}
