using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision;

/// <summary>A picture on its way from a worker into a batch; its pixels go back to a pool when it is
/// disposed.</summary>
public sealed class EncodedImage : IDisposable
{
    private byte[]? _pixels;

    internal EncodedImage(Raster raster) =>
        (_pixels, Size, Channels) = (raster.Pixels, raster.Size, raster.Channels);

    /// <summary>Size in pixels.</summary>
    public PixelSize Size { get; }

    /// <summary>Samples a pixel.</summary>
    public int Channels { get; }

    /// <summary>Samples, [height, width, channels].</summary>
    /// <exception cref="ObjectDisposedException">The pixels were given back.</exception>
    public ReadOnlySpan<byte> Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels is null, this);
            return _pixels;
        }
    }

    /// <summary>Gives the pixels back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pixels, null) is { } pixels) PixelPool.Shared.Give(pixels);
    }
}
