using System.Buffers;

namespace DeepCourse.Vision.Imaging;

/// <summary>Pixels on their way through a decoder and a resampler: like <see cref="Image"/>, but the array may be a
/// rented one that is longer than the picture.</summary>
internal readonly record struct Raster(byte[] Pixels, int Width, int Height, int Channels, bool Rented = false)
{
    public int Stride => Width * Channels;

    public Span<byte> Span => Pixels.AsSpan(0, Stride * Height);

    public PixelSize Size => new(Width, Height);

    public static Raster Allocate(int width, int height, int channels, bool rent)
    {
        var length = checked(width * height * channels);
        var pixels = rent
            ? ArrayPool<byte>.Shared.Rent(length + RowFilter.Slack)
            : GC.AllocateUninitializedArray<byte>(length);
        return new Raster(pixels, width, height, channels, rent);
    }

    /// <summary>Gives a rented array back; the raster must not be used afterwards.</summary>
    public void Release()
    {
        if (Rented) ArrayPool<byte>.Shared.Return(Pixels);
    }

    /// <summary>The raster as a picture of its own; a rented array is copied and given back.</summary>
    public Image ToImage()
    {
        if (!Rented) return new Image(Width, Height, Channels, Pixels);
        var image = Image.Uninitialized(Width, Height, Channels);
        Span.CopyTo(image.Pixels);
        Release();
        return image;
    }
}
