namespace DeepCourse.Vision.Imaging;

/// <summary>A picture in managed memory: 8 bits a channel, rows from the top, channels interleaved.</summary>
/// <remarks>Three channels are red, green, blue; four add an alpha that is not multiplied into the colours; one is grey
/// (or, for a mask, a label). The pixels belong to the picture: who passes an array does not write to it any
/// more.</remarks>
public sealed class Image
{
    /// <summary>Wraps pixels that are already laid out.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="channels">1 (grey or labels), 3 (RGB) or 4 (RGBA).</param>
    /// <param name="pixels">Samples, [height, width, channels]; the length must be exactly their product.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the channels are not 1, 3 or
    /// 4.</exception>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public Image(int width, int height, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(pixels);
        if (channels is not (1 or 3 or 4))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "a picture has 1, 3 or 4 channels");
        if (pixels.LongLength != (long)width * height * channels)
            throw new ArgumentException(
                $"expected {height} x {width} x {channels} = {(long)width * height * channels} samples, "
                + $"got {pixels.LongLength}",
                nameof(pixels));
        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    /// <summary>Makes a picture whose samples are all zero: black, and transparent with four channels.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    public Image(int width, int height, int channels)
        : this(width, height, channels, new byte[checked(width * height * channels)])
    {
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Samples a pixel: 1, 3 or 4.</summary>
    public int Channels { get; }

    /// <summary>Samples, [height, width, channels].</summary>
    public byte[] Pixels { get; }

    /// <summary>Width and height together.</summary>
    public PixelSize Size => new(Width, Height);

    /// <summary>One row of samples, [width, channels].</summary>
    /// <param name="y">Row, from 0 at the top.</param>
    /// <returns>A view, not a copy.</returns>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * Channels, Width * Channels);

    /// <summary>The samples of one pixel.</summary>
    /// <param name="x">Column, from 0 at the left.</param>
    /// <param name="y">Row, from 0 at the top.</param>
    /// <returns>A view of [channels] samples, not a copy.</returns>
    public Span<byte> this[int x, int y] => Row(y).Slice(x * Channels, Channels);

    /// <summary>Reads a picture file; see <see cref="ImageReader"/> for what can be asked for.</summary>
    /// <param name="path">JPEG, PNG or WebP file.</param>
    /// <returns>An upright RGB picture.</returns>
    public static Image Load(string path) => ImageReader.Read(path);

    /// <summary>A short description such as "640 x 480 x 3".</summary>
    /// <returns>Width, height and channels.</returns>
    public override string ToString() => $"{Width} x {Height} x {Channels}";

    internal Raster Raster => new(Pixels, Width, Height, Channels);

    internal static Image Uninitialized(int width, int height, int channels) =>
        new(width, height, channels, GC.AllocateUninitializedArray<byte>(checked(width * height * channels)));
}
