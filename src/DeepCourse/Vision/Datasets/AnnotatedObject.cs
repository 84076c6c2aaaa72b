using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets;

/// <summary>One object that somebody marked in a picture.</summary>
/// <param name="Class">Index of its class in <see cref="AnnotatedImages.Classes"/>.</param>
/// <param name="Box">In pixels of the picture, inside of it.</param>
/// <param name="IsDifficult">Whether the annotator found it hard to see, or marked a crowd; metrics leave such objects out.</param>
public sealed record AnnotatedObject(int Class, PixelBox Box, bool IsDifficult = false);
