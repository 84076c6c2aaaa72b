using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets;

/// <summary>One object that somebody marked in a picture.</summary>
/// <param name="Class">Index of its class in <see cref="AnnotatedImages.Classes"/>.</param>
/// <param name="Box">In pixels of the picture, inside of it.</param>
/// <param name="IsDifficult">Whether the annotator found it hard to see, or marked a crowd; metrics leave such objects out.</param>
/// <param name="IsTruncated">Whether parts of it lie outside the box, behind something else or beyond the picture's edge;
/// Pascal VOC alone says so.</param>
/// <param name="IsCrowd">Whether the box is around many objects that were not marked one by one; COCO alone says so.
/// Anything found inside of it is no mistake.</param>
/// <param name="Area">Area in square pixels where it is not the box's: of the outline, in COCO's files, which sorts
/// objects into small, medium and large ones.</param>
public sealed record AnnotatedObject(
    int Class, PixelBox Box, bool IsDifficult = false, bool IsTruncated = false, bool IsCrowd = false, float? Area = null);
