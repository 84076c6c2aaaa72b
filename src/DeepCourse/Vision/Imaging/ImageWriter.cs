namespace DeepCourse.Vision.Imaging;

/// <summary>Writes pictures as JPEG or PNG.</summary>
public static class ImageWriter
{
    /// <summary>Encodes as baseline JPEG, colour with halved chroma. Alpha is dropped.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 (smallest) to 100 (best).</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not in 1..100.</exception>
    public static byte[] ToJpeg(this Image image, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Codecs.EncodeJpeg(image, quality);
    }

    /// <summary>Encodes as PNG without loss: grey, RGB or RGBA.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] ToPng(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Codecs.EncodePng(image);
    }

    /// <summary>Writes a file whose format follows from the extension: .png, .jpg or .jpeg.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="path">The file; it is replaced.</param>
    /// <exception cref="ArgumentException">Another extension.</exception>
    public static void Save(this Image image, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => image.ToPng(),
            ".JPG" or ".JPEG" => image.ToJpeg(),
            var other => throw new ArgumentException($"expected .png, .jpg or .jpeg, got \"{other}\"", nameof(path)),
        };
        File.WriteAllBytes(path, bytes);
    }
}
