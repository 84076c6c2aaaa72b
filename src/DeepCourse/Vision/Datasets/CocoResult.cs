using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets;

/// <summary>One find in COCO's format of results.</summary>
/// <param name="ImageId">The picture's number in the file of annotations.</param>
/// <param name="CategoryId">The class's number there.</param>
/// <param name="Box">In pixels of the picture.</param>
/// <param name="Score">How sure the detector is, 0 to 1.</param>
public sealed record CocoResult(long ImageId, long CategoryId, PixelBox Box, float Score)
{
    /// <summary>A find with the numbers of a file that <see cref="CocoJson.Write"/> made, or of another one.</summary>
    /// <param name="imageId">The picture's number.</param>
    /// <param name="found">The find.</param>
    /// <param name="categories">The number of each class; null numbers them from 1. Those of COCO's 80 classes are
    /// <see cref="CocoResults.Categories"/>.</param>
    /// <returns>The find in COCO's terms.</returns>
    public static CocoResult Of(long imageId, DetectedObject found, IReadOnlyList<int>? categories = null) =>
        new(imageId, categories is null ? found.Class + 1 : categories[found.Class], found.Box, found.Score);
}
