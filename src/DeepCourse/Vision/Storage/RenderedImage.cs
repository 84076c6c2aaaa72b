using DeepCourse.Data;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Storage;

/// <summary>One picture on its way from a worker into a store; its pixels go back where they came from once they are
/// written.</summary>
internal readonly record struct RenderedImage(
    Raster Raster, byte[]? Jpeg, StoredForm Form, uint Checksum, uint Stamp, string? Problem)
{
    /// <summary>What the store is to hold.</summary>
    public ReadOnlySpan<byte> Bytes => Form switch
    {
        StoredForm.Pixels => Raster.Span,
        StoredForm.Jpeg => Jpeg,
        _ => [],
    };

    public static RenderedImage Of(ImageSource source, Resize resize, ImageStoreOptions options)
    {
        var stamp = source.Stamp();
        try
        {
            var raster = source.Render(
                resize, options.Layout, options.Filter, [options.Border], options.TolerateDamage, new Random(0));
            if (options.JpegQuality is not { } quality)
                return new(raster, null, StoredForm.Pixels, Data.Checksum.Of(raster.Span), stamp, null);
            var jpeg = Encode(raster, quality);
            return new(raster, jpeg, StoredForm.Jpeg, Data.Checksum.Of(jpeg), stamp, null);
        }
        catch (Exception exception) when (options.Unreadable == UnreadableItems.Skip && UnreadableFile.Explains(exception))
        {
            return new(default, null, StoredForm.Missing, 0, stamp, exception.Message);
        }
    }

    public void Release()
    {
        if (Form == StoredForm.Pixels) Release(Raster);
    }

    private static byte[] Encode(Raster raster, int quality)
    {
        // The encoder wants an array of the picture's length, which a rented one is not.
        var image = Image.Uninitialized(raster.Width, raster.Height, raster.Channels);
        raster.Span.CopyTo(image.Pixels);
        Release(raster);
        return image.ToJpeg(quality);
    }

    private static void Release(Raster raster)
    {
        if (raster.Rented) raster.Release();
        else PixelPool.Shared.Give(raster.Pixels);
    }
}
