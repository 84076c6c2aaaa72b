using DeepCourse.Tensors;
using DeepCourse.Vision.Detection.Suppression;

namespace DeepCourse.Vision.Detection;

/// <summary>Of boxes that overlap, keeps the one with the highest score.</summary>
/// <remarks>
/// The box with the highest score is kept, all that overlap it by more than a limit are dropped, and so on with the
/// highest of the rest. Equal scores go by place. The overlap is computed as torchvision's operator does, in float32, so
/// that both keep the same boxes; boxes without an area suppress nothing and are not suppressed. On the CPU this is
/// managed code with vector instructions that looks only at kept boxes nearby; on a GPU it is tensor operators, see
/// <see cref="Mask"/>.
/// </remarks>
public static partial class NonMaximumSuppression
{
    /// <summary>Which boxes to keep, whatever their classes.</summary>
    /// <param name="boxes">[boxes, 4] as (left, top, right, bottom), in pixels or shares.</param>
    /// <param name="scores">[boxes], higher is better; on the same device.</param>
    /// <param name="overlap">The intersection over union above which a box is dropped, 0..1.</param>
    /// <returns>int64, [kept], indices of the boxes to keep, best first, on the device of the boxes.</returns>
    /// <exception cref="ShapeException">The shapes differ from those above.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is outside of 0..1.</exception>
    public static Tensor Of(Tensor boxes, Tensor scores, double overlap = 0.5) => Indices(boxes, scores, null, overlap);

    /// <summary>Which boxes to keep; boxes of different classes leave each other alone.</summary>
    /// <param name="boxes">[boxes, 4] as (left, top, right, bottom), in pixels or shares.</param>
    /// <param name="scores">[boxes], higher is better; on the same device.</param>
    /// <param name="classes">int64, [boxes], any numbers.</param>
    /// <param name="overlap">The intersection over union above which a box is dropped, 0..1.</param>
    /// <returns>int64, [kept], indices of the boxes to keep, best first, on the device of the boxes.</returns>
    /// <exception cref="ShapeException">The shapes differ from those above.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is outside of 0..1.</exception>
    /// <remarks>Classes are compared as such. torchvision's batched_nms moves each class to a place of its own when there
    /// are few boxes, which rounds the edges: then it may decide differently about boxes at the limit.</remarks>
    public static Tensor ByClass(Tensor boxes, Tensor scores, Tensor classes, double overlap = 0.5)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return Indices(boxes, scores, classes, overlap);
    }

    /// <summary>Which boxes to keep, whatever their classes, without tensors.</summary>
    /// <param name="boxes">(left, top, right, bottom) of each box, one after the other.</param>
    /// <param name="scores">One a box, higher is better.</param>
    /// <param name="overlap">The intersection over union above which a box is dropped, 0..1.</param>
    /// <returns>Indices of the boxes to keep, best first.</returns>
    /// <exception cref="ArgumentException">There are not four edges a score.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is outside of 0..1.</exception>
    public static int[] Of(ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, double overlap = 0.5)
    {
        Check(boxes, scores, overlap);
        var order = ScoreOrder.Of(scores);
        var kept = new bool[order.Length];
        GreedySuppression.Keep(boxes, order, overlap, kept);
        return Pick(order, kept);
    }

    /// <summary>Which boxes to keep, without tensors; boxes of different classes leave each other alone.</summary>
    /// <param name="boxes">(left, top, right, bottom) of each box, one after the other.</param>
    /// <param name="scores">One a box, higher is better.</param>
    /// <param name="classes">One a box, any numbers.</param>
    /// <param name="overlap">The intersection over union above which a box is dropped, 0..1.</param>
    /// <returns>Indices of the boxes to keep, best first.</returns>
    /// <exception cref="ArgumentException">There are not four edges, or not one class, a score.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is outside of 0..1.</exception>
    public static int[] ByClass(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<long> classes, double overlap = 0.5)
    {
        Check(boxes, scores, overlap);
        if (classes.Length != scores.Length)
            throw new ArgumentException($"expected {scores.Length} classes, as many as scores, got {classes.Length}", nameof(classes));
        var order = ScoreOrder.Of(scores);
        var kept = new bool[order.Length];
        GreedySuppression.KeepByClass(boxes, order, classes, overlap, kept);
        return Pick(order, kept);
    }

    private static Tensor Indices(Tensor boxes, Tensor scores, Tensor? classes, double overlap)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(scores);
        Guard.Shape(boxes, [Guard.Any, 4], "[boxes, 4]");
        Guard.Shape(scores, [boxes.size(0)], "[boxes]");
        if (classes is not null) Guard.Shape(classes, [boxes.size(0)], "[boxes]");
        CheckOverlap(overlap);
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        if (boxes.device_type == DeviceType.CPU) return OnHost(boxes, scores, classes, overlap).MoveToOuterDisposeScope();
        var order = scores.sort(0, descending: true, stable: true).Indices;
        var kept = TensorSuppression.Keep(
            boxes.index_select(0, order).unsqueeze(0), classes?.index_select(0, order).unsqueeze(0), overlap);
        return order.masked_select(kept.squeeze(0)).MoveToOuterDisposeScope();
    }

    private static Tensor OnHost(Tensor boxes, Tensor scores, Tensor? classes, double overlap)
    {
        if (boxes.size(0) == 0) return torch.zeros([0], ScalarType.Int64);
        var edges = HostMemory.Floats(boxes);
        var values = HostMemory.Floats(scores);
        var kept = classes is null
            ? Of(HostMemory.Of<float>(edges), HostMemory.Of<float>(values), overlap)
            : ByClass(HostMemory.Of<float>(edges), HostMemory.Of<float>(values), HostMemory.Of<long>(HostMemory.Longs(classes)), overlap);
        return torch.tensor(Array.ConvertAll(kept, index => (long)index));
    }

    private static int[] Pick(int[] order, bool[] kept)
    {
        var picked = new int[kept.AsSpan().Count(true)];
        for (int i = 0, next = 0; i < order.Length; i++)
            if (kept[i]) picked[next++] = order[i];
        return picked;
    }

    private static void Check(ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, double overlap)
    {
        CheckOverlap(overlap);
        if (boxes.Length != 4L * scores.Length)
            throw new ArgumentException($"expected {4L * scores.Length} edges for {scores.Length} scores, got {boxes.Length}", nameof(boxes));
    }

    private static void CheckOverlap(double overlap)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, 1);
    }
}
