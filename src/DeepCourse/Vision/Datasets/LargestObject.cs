using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets;

/// <summary>A picture seen as being about one thing: its largest object.</summary>
/// <param name="Picture">The picture, to be decoded when it is needed.</param>
/// <param name="Class">Index of the object's class.</param>
/// <param name="Box">Around the object, as shares of the picture's sides.</param>
public sealed record LargestObject(ImageSource Picture, int Class, UnitBox Box)
{
    /// <summary>Picks the object with the largest box.</summary>
    /// <param name="image">A picture with its objects.</param>
    /// <returns>The object, the first of equals; null for a picture without one.</returns>
    public static LargestObject? Of(AnnotatedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return LargestBox.Of(image.Objects, item => item.Box) is { } largest
            ? new(image.Picture, largest.Class, largest.Box.ToUnit(image.Size))
            : null;
    }
}
