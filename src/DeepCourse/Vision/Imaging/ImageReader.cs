using DeepCourse.Tensors;

namespace DeepCourse.Vision.Imaging;

/// <summary>Reads JPEG, PNG and WebP pictures, upright and in the layout that is asked for.</summary>
/// <remarks>On the system stack the codecs are libjpeg-turbo, libpng and libwebp; on the packages stack ImageSharp.
/// Every method is thread-safe.</remarks>
public static class ImageReader
{
    /// <summary>More pixels than this are refused before memory is taken for them.</summary>
    public const long MostPixels = 1L << 28;

    /// <summary>Reads a file.</summary>
    /// <param name="path">JPEG, PNG or WebP file; the extension does not matter.</param>
    /// <param name="options">Layout, smallest size and what to do about damage; by default upright RGB at full
    /// size.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="DataFormatException">Empty, truncated or damaged file, or none of the three
    /// formats.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Image Read(string path, ReadOptions? options = null)
    {
        using var file = PooledFile.Read(path);
        return Decode(file.Data, options, path);
    }

    /// <summary>Decodes a picture that is already in memory.</summary>
    /// <param name="data">The file's bytes.</param>
    /// <param name="options">Layout, smallest size and what to do about damage; by default upright RGB at full
    /// size.</param>
    /// <param name="name">What to call the data in error messages.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="DataFormatException">Empty, truncated or damaged data, or none of the three
    /// formats.</exception>
    public static Image Decode(ReadOnlySpan<byte> data, ReadOptions? options = null, string name = "picture in memory")
    {
        options ??= ReadOptions.Default;
        var info = Identify(data, name);
        var scale = options.AtLeast is { } least
            ? Math.Max((double)least.Width / info.Size.Width, (double)least.Height / info.Size.Height)
            : 1;
        return Decode(data, info, options.Layout, scale, options.TolerateDamage, name, rent: false).ToImage();
    }

    /// <summary>Reads the head of a picture: format, size, orientation.</summary>
    /// <param name="data">The file's bytes.</param>
    /// <param name="name">What to call the data in error messages.</param>
    /// <returns>What the head says.</returns>
    /// <exception cref="DataFormatException">Not a picture, or its head is damaged.</exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> data, string name = "picture in memory")
    {
        var format = ImageSignature.Detect(data, name);
        var size = Codecs.Size(data, format, name);
        if (size.Width <= 0 || size.Height <= 0 || size.Area > MostPixels)
            throw new DataFormatException(name, $"expected at most {MostPixels} pixels, the file claims {size}");
        return new ImageInfo(format, size, ExifReader.Orientation(data, format));
    }

    /// <summary>Reads the head of a picture file: format, size, orientation.</summary>
    /// <param name="path">JPEG, PNG or WebP file.</param>
    /// <returns>What the head says.</returns>
    /// <exception cref="DataFormatException">Not a picture, or its head is damaged.</exception>
    public static ImageInfo Identify(string path)
    {
        using var file = PooledFile.Read(path);
        return Identify(file.Data, path);
    }

    internal static Raster Decode(
        ReadOnlySpan<byte> data, ImageInfo info, PixelLayout layout, double leastScale, bool tolerateDamage,
        string name, bool rent)
    {
        var upright = info.Orientation == ExifOrientation.Upright;
        var stored = Codecs.Decode(
            data, new DecodeRequest(info, layout, leastScale, tolerateDamage, Rent: rent || !upright, name));
        if (upright) return stored;
        var turned = info.Orientation.Apply(stored, rent);
        stored.Release();
        return turned;
    }
}
