using DeepCourse.Data;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Augmentation;

/// <summary>Blanks rectangles of a batch.</summary>
internal static class BatchCutouts
{
    /// <param name="images">float32, [batch, channels, height, width], normalised.</param>
    /// <param name="holes">Any number of rectangles a picture.</param>
    public static Tensor Blank(Tensor images, IReadOnlyList<IReadOnlyList<UnitBox>> holes)
    {
        var most = holes.Max(item => item.Count);
        for (var layer = 0; layer < most; layer++)
        {
            var edges = holes.SelectMany(item => layer < item.Count ? item[layer].ToArray() : new float[4]).ToArray();
            var boxes = torch.tensor(edges, [holes.Count, 4]).Place(images.device);
            var across = Inside(boxes, 0, images.shape[3]).unsqueeze(1);
            var down = Inside(boxes, 1, images.shape[2]).unsqueeze(2);
            images = images.masked_fill_(across.logical_and(down).unsqueeze(1), 0);
        }
        return images;
    }

    /// <summary>Which pixel centres of an axis lie between two edges: bool [batch, pixels].</summary>
    private static Tensor Inside(Tensor boxes, long edge, long pixels)
    {
        var centres = torch.arange(pixels, ScalarType.Float32, boxes.device).add_(0.5).div_(pixels).unsqueeze(0);
        return centres.ge(boxes.narrow(1, edge, 1)).logical_and(centres.lt(boxes.narrow(1, edge + 2, 1)));
    }
}
