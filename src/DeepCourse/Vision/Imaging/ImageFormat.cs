namespace DeepCourse.Vision.Imaging;

/// <summary>The file formats that can be read.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>PNG of any colour type and depth.</summary>
    Png,

    /// <summary>WebP, lossy or lossless, one frame.</summary>
    WebP,
}
