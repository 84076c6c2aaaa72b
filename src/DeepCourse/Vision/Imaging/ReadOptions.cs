namespace DeepCourse.Vision.Imaging;

/// <summary>How a picture file is read.</summary>
/// <param name="Layout">Channels to deliver.</param>
/// <param name="AtLeast">When set, JPEG files may be decoded smaller, to the smallest scale whose sides are no shorter
/// than these (of the upright picture); much faster than decoding all and shrinking. The result may be larger.</param>
/// <param name="TolerateDamage">Deliver what can be decoded of a truncated or damaged JPEG instead of an error; the
/// rest is grey.</param>
public sealed record ReadOptions(
    PixelLayout Layout = PixelLayout.Rgb,
    PixelSize? AtLeast = null,
    bool TolerateDamage = false)
{
    /// <summary>Upright RGB at full size; damage is an error.</summary>
    public static ReadOptions Default { get; } = new();
}
