using DeepCourse.Tensors;
using DeepCourse.Vision.Detection.Suppression;

namespace DeepCourse.Vision.Detection;

/// <content>Several pictures at once.</content>
public static partial class NonMaximumSuppression
{
    /// <summary>Which boxes of each picture of a batch to keep.</summary>
    /// <param name="boxes">[batch, boxes, 4] as (left, top, right, bottom), in pixels or shares.</param>
    /// <param name="scores">[batch, boxes], higher is better; on the same device.</param>
    /// <param name="classes">int64, [batch, boxes], any numbers; null when boxes of different classes suppress each
    /// other.</param>
    /// <param name="overlap">The intersection over union above which a box is dropped, 0..1.</param>
    /// <returns>bool, [batch, boxes], on the device of the boxes.</returns>
    /// <exception cref="ShapeException">The shapes differ from those above.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is outside of 0..1.</exception>
    /// <remarks>
    /// On a GPU: which boxes overlap is a table, filled in tiles; a box is kept when no kept box before it overlaps it.
    /// That is solved for all boxes at once by putting a guess in until it comes out again, which takes as many rounds as
    /// the longest chain of boxes that decide about each other, most often under ten. The host waits once a round, not
    /// once a box. The table takes two bytes a pair of boxes: choose candidates first when there are very many.
    /// </remarks>
    public static Tensor Mask(Tensor boxes, Tensor scores, Tensor? classes = null, double overlap = 0.5)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(scores);
        Guard.Shape(boxes, [Guard.Any, Guard.Any, 4], "[batch, boxes, 4]");
        Guard.Shape(scores, [boxes.size(0), boxes.size(1)], "[batch, boxes]");
        if (classes is not null) Guard.Shape(classes, [boxes.size(0), boxes.size(1)], "[batch, boxes]");
        CheckOverlap(overlap);
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        return (boxes.device_type == DeviceType.CPU
            ? MaskOnHost(boxes, scores, classes, overlap)
            : MaskOnDevice(boxes, scores, classes, overlap)).MoveToOuterDisposeScope();
    }

    /// <summary>The path of GPUs, on any device.</summary>
    internal static Tensor MaskOnDevice(Tensor boxes, Tensor scores, Tensor? classes, double overlap)
    {
        using var scope = torch.NewDisposeScope();
        var order = scores.sort(1, descending: true, stable: true).Indices;
        var sorted = boxes.gather(1, order.unsqueeze(-1).expand(-1, -1, 4));
        var kept = TensorSuppression.Keep(sorted, classes?.gather(1, order), overlap);
        return torch.zeros_like(kept).scatter_(1, order, kept).MoveToOuterDisposeScope();
    }

    private static Tensor MaskOnHost(Tensor boxes, Tensor scores, Tensor? classes, double overlap)
    {
        var (batch, count) = ((int)boxes.size(0), (int)boxes.size(1));
        var mask = new bool[batch * count];
        if (mask.Length > 0)
        {
            var edges = HostMemory.Of<float>(HostMemory.Floats(boxes));
            var values = HostMemory.Of<float>(HostMemory.Floats(scores));
            var numbers = classes is null ? default : HostMemory.Of<long>(HostMemory.Longs(classes));
            for (var item = 0; item < batch; item++)
            {
                var of = edges.Slice(4 * item * count, 4 * count);
                var at = values.Slice(item * count, count);
                var kept = classes is null ? Of(of, at, overlap) : ByClass(of, at, numbers.Slice(item * count, count), overlap);
                foreach (var index in kept) mask[(item * count) + index] = true;
            }
        }
        return torch.tensor(mask, [batch, count]);
    }
}
