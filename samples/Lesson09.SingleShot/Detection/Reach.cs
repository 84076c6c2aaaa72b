using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Imaging;

namespace Lesson09;

/// <summary>What a perfect network could find with a set of anchors: the ceiling that the grid itself sets.</summary>
internal static class Reach
{
    private const float Found = 0.5f;

    /// <summary>
    /// The share of objects that some anchor of their own can express with an IoU of 0.5. Every anchor answers for one
    /// object; the best pairs are made first.
    /// </summary>
    internal static double Of(AnnotatedImages images, DetectionData pictures, Reading reading)
    {
        var (found, all) = (0, 0);
        for (var i = 0; i < images.Count; i++)
        {
            using var scope = NewDisposeScope();
            var objects = images[i].Objects;
            all += objects.Count;
            if (objects.Count == 0) continue;
            var frame = pictures.Resize.Frame;
            var anchors = reading.Grid.For(frame);
            var truth = tensor(objects.SelectMany(item => InFrame(pictures, images[i].Size, item.Box).ToArray()).ToArray(), [objects.Count, 1, 4]);
            // What each anchor would say if it meant this object, read back.
            var wanted = truth.expand(objects.Count, anchors.Count, 4);
            var expressed = reading.Coding.Decode(reading.Coding.Encode(wanted, anchors), anchors);
            found += Pairs(BoxMath.PairedIoU(expressed, wanted), objects.Count);
        }
        return all == 0 ? double.NaN : (double)found / all;
    }

    private static UnitBox InFrame(DetectionData pictures, PixelSize picture, PixelBox box) =>
        pictures.PlacementOf(picture).Map(box).ToUnit(pictures.Resize.Frame);

    private static int Pairs(Tensor overlaps, int objects)
    {
        float[] values = overlaps.ReadFloats();
        var anchors = values.Length / objects;
        var (busy, done, pairs) = (new bool[anchors], new bool[objects], 0);
        foreach (var place in Enumerable.Range(0, values.Length).Where(at => values[at] >= Found).OrderByDescending(at => values[at]))
        {
            var (item, anchor) = (place / anchors, place % anchors);
            if (done[item] || busy[anchor]) continue;
            done[item] = busy[anchor] = true;
            pairs++;
        }
        return pairs;
    }
}
