using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets;

/// <summary>One object that somebody marked in a picture.</summary>
/// <param name="Class">Index of its class in <see cref="AnnotatedImages.Classes"/>.</param>
/// <param name="Box">In pixels of the picture, inside of it.</param>
/// <param name="IsDifficult">Whether the annotator found it hard to see, or marked a crowd; metrics leave such objects out.</param>
/// <param name="IsTruncated">Whether parts of it lie outside the box, behind something else or beyond the picture's edge;
/// Pascal VOC alone says so.</param>
public sealed record AnnotatedObject(int Class, PixelBox Box, bool IsDifficult = false, bool IsTruncated = false);
