namespace DeepCourse.Vision.Detection;

/// <summary>A place in a picture, in fractional pixels; (0, 0) is the outer corner of the top left pixel.</summary>
/// <param name="X">Pixels from the left edge.</param>
/// <param name="Y">Pixels from the top edge.</param>
public readonly record struct PixelPoint(float X, float Y);
