namespace DeepCourse.Vision.Imaging;

/// <summary>The kernel of a resize. When a picture shrinks, the kernel is widened by the same factor (antialiasing), as
/// Pillow does; <see cref="Nearest"/> is the exception.</summary>
public enum ResizeFilter
{
    /// <summary>The source pixel under the target pixel's centre: for masks and labels.</summary>
    Nearest,

    /// <summary>Triangle of radius 1; the default for photographs.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5, radius 2: sharper, rings a little.</summary>
    Bicubic,

    /// <summary>Windowed sinc of radius 3: the sharpest and slowest.</summary>
    Lanczos,
}
