namespace DeepCourse.Vision.Imaging;

/// <summary>What the head of a picture file says, without decoding its pixels.</summary>
/// <param name="Format">The format, found by content and not by the file's name.</param>
/// <param name="StoredSize">Size in pixels as stored, before the orientation is applied.</param>
/// <param name="Orientation">How the stored pixels have to be turned to stand upright.</param>
public readonly record struct ImageInfo(ImageFormat Format, PixelSize StoredSize, ExifOrientation Orientation)
{
    /// <summary>Size in pixels of the upright picture.</summary>
    public PixelSize Size => Orientation.SwapsSides() ? StoredSize.Transposed : StoredSize;
}
