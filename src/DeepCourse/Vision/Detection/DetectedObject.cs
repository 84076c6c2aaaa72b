namespace DeepCourse.Vision.Detection;

/// <summary>One object that a detector found.</summary>
/// <param name="Class">Index of its class in the detector's list.</param>
/// <param name="Score">How sure the detector is, 0 to 1.</param>
/// <param name="Box">In pixels of the picture that was asked about.</param>
public readonly record struct DetectedObject(int Class, float Score, PixelBox Box);
