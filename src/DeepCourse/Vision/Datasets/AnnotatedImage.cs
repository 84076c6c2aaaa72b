using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets;

/// <summary>A picture file and the objects marked in it.</summary>
/// <param name="Path">The picture file.</param>
/// <param name="Size">The picture's size, as the annotation says.</param>
/// <param name="Objects">The objects, in the annotation's order; there may be none.</param>
public sealed record AnnotatedImage(string Path, PixelSize Size, IReadOnlyList<AnnotatedObject> Objects)
{
    /// <summary>The picture, to be decoded when it is needed.</summary>
    public ImageSource Picture => ImageSource.FromFile(Path);
}
