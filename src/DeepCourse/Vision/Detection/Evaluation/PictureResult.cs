using DeepCourse.Vision.Datasets;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>What was found in one picture, and what is in it.</summary>
/// <param name="Found">What the detector found, in any order.</param>
/// <param name="Truth">What is there, in the same pixels.</param>
public sealed record PictureResult(IReadOnlyList<DetectedObject> Found, IReadOnlyList<AnnotatedObject> Truth);
