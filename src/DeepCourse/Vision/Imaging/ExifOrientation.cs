namespace DeepCourse.Vision.Imaging;

/// <summary>The eight ways a camera can be held, as EXIF numbers them (tag 0x0112); the names say what makes the stored
/// pixels upright.</summary>
public enum ExifOrientation
{
    /// <summary>Already upright.</summary>
    Upright = 1,

    /// <summary>Mirror left and right.</summary>
    FlipHorizontally = 2,

    /// <summary>Turn by half a turn.</summary>
    Rotate180 = 3,

    /// <summary>Mirror top and bottom.</summary>
    FlipVertically = 4,

    /// <summary>Mirror along the main diagonal: rows become columns.</summary>
    Transpose = 5,

    /// <summary>Turn clockwise by a quarter turn.</summary>
    Rotate90 = 6,

    /// <summary>Mirror along the other diagonal.</summary>
    Transverse = 7,

    /// <summary>Turn clockwise by three quarters of a turn.</summary>
    Rotate270 = 8,
}
