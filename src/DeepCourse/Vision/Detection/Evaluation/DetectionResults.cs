using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>What a detector found in pictures, beside what is in them: the input of all metrics of detection.</summary>
public sealed class DetectionResults
{
    private readonly List<PictureResult> _pictures = [];

    /// <summary>How many pictures there are.</summary>
    public int Count => _pictures.Count;

    /// <summary>The pictures in the order they came.</summary>
    public IReadOnlyList<PictureResult> Pictures => _pictures;

    /// <summary>Adds a picture.</summary>
    /// <param name="found">What the detector found, in any order.</param>
    /// <param name="truth">What is there, in the same pixels.</param>
    public void Add(IReadOnlyList<DetectedObject> found, IReadOnlyList<AnnotatedObject> truth)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(truth);
        _pictures.Add(new(found, truth));
    }

    /// <summary>Adds the pictures of a batch, in shares of their sides instead of pixels: fit for metrics that don't ask
    /// how large objects are.</summary>
    /// <param name="found">What the detector found.</param>
    /// <param name="truth">What is there.</param>
    public void Add(Detections found, DetectionTargets truth)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(truth);
        var (boxes, scores, classes) = (found.Boxes.ReadFloats(), found.Scores.ReadFloats(), Longs(found.Classes));
        var (trueBoxes, trueClasses) = (truth.Boxes.ReadFloats(), Longs(truth.Classes));
        var batch = (int)found.Classes.size(0);
        var (slots, trueSlots) = (classes.Length / Math.Max(1, batch), trueClasses.Length / Math.Max(1, batch));
        for (var item = 0; item < batch; item++)
        {
            var (first, firstTrue) = (item * slots, item * trueSlots);
            Add(
                [
                    .. from slot in Enumerable.Range(first, slots)
                       where classes[slot] >= 0
                       select new DetectedObject((int)classes[slot], scores[slot], BoxAt(boxes, slot)),
                ],
                [
                    .. from slot in Enumerable.Range(firstTrue, trueSlots)
                       where trueClasses[slot] >= 0
                       select new AnnotatedObject((int)trueClasses[slot], BoxAt(trueBoxes, slot)),
                ]);
        }
    }

    private static PixelBox BoxAt(float[] edges, int slot) =>
        new(edges[4 * slot], edges[(4 * slot) + 1], edges[(4 * slot) + 2], edges[(4 * slot) + 3]);

    private static long[] Longs(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.cpu().contiguous().data<long>().ToArray();
    }
}
