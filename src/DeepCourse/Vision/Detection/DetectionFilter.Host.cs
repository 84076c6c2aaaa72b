using System.Numerics;
using System.Runtime.InteropServices;
using DeepCourse.Vision.Detection.Suppression;

namespace DeepCourse.Vision.Detection;

/// <content>The path of the CPU.</content>
public sealed partial record DetectionFilter
{
    private Detections OnHost(Tensor scores, Tensor boxes)
    {
        var (batch, anchors, classes) = ((int)scores.size(0), (int)scores.size(1), (int)scores.size(2));
        var probabilities = HostMemory.Of<float>(HostMemory.Floats(scores));
        var edges = HostMemory.Of<float>(HostMemory.Floats(boxes));
        var found = new List<Found>[batch];
        for (var item = 0; item < batch; item++)
            found[item] = Find(
                probabilities.Slice(item * anchors * classes, anchors * classes),
                edges.Slice(item * anchors * 4, anchors * 4),
                classes);
        return Collate(found, scores.device);
    }

    /// <summary>The objects of one picture.</summary>
    private List<Found> Find(ReadOnlySpan<float> scores, ReadOnlySpan<float> boxes, int classes)
    {
        var (places, values) = Select(scores);
        var edges = new float[4 * places.Length];
        var kinds = new long[places.Length];
        var count = 0;
        for (var i = 0; i < places.Length; i++)
        {
            var box = UnitBox.FromArray(boxes.Slice(places[i] / classes * 4, 4)).Clip();
            if (box.IsEmpty) continue;
            (edges[4 * count], edges[(4 * count) + 1], edges[(4 * count) + 2], edges[(4 * count) + 3]) =
                (box.Left, box.Top, box.Right, box.Bottom);
            (kinds[count], values[count]) = (places[i] % classes, values[i]);
            count++;
        }
        var kept = Suppress(edges.AsSpan(0, 4 * count), values.AsSpan(0, count), kinds.AsSpan(0, count));
        return kept.ConvertAll(item => new Found(
            UnitBox.FromArray(edges.AsSpan(4 * item.Index, 4)), item.Score, kinds[item.Index]));
    }

    /// <summary>The best candidates, best first: their places among all scores, and their scores.</summary>
    private (int[] Places, float[] Scores) Select(ReadOnlySpan<float> scores)
    {
        var places = new List<int>();
        var values = new List<float>();
        var least = GreedySuppression.Floor(LeastScore);
        for (var start = 0; start < scores.Length; start += Vector<float>.Count)
        {
            // Few scores of few anchors are high enough: most vectors are passed over as one.
            var end = Math.Min(start + Vector<float>.Count, scores.Length);
            if (end - start == Vector<float>.Count && !Vector.GreaterThanAny(new Vector<float>(scores[start..]), new(least))) continue;
            for (var i = start; i < end; i++)
            {
                if (!(scores[i] > least)) continue;
                places.Add(i);
                values.Add(scores[i]);
            }
        }
        var order = ScoreOrder.Of(CollectionsMarshal.AsSpan(values))
            .AsSpan(0, Math.Min(Candidates, values.Count)).ToArray();
        return (Array.ConvertAll(order, index => places[index]), Array.ConvertAll(order, index => values[index]));
    }

    private List<(int Index, float Score)> Suppress(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<long> classes)
    {
        if (Soft is not null) return [.. Soft.Apply(boxes, scores, AcrossClasses ? default : classes, Most)];
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var kept = new bool[order.Length];
        if (AcrossClasses) GreedySuppression.Keep(boxes, order, Overlap, kept);
        else GreedySuppression.KeepByClass(boxes, order, classes, Overlap, kept);
        var best = new List<(int, float)>();
        for (var i = 0; i < kept.Length && best.Count < Most; i++)
            if (kept[i]) best.Add((i, scores[i]));
        return best;
    }

    private static Detections Collate(List<Found>[] found, torch.Device device)
    {
        var (batch, slots) = (found.Length, found.Select(item => item.Count).Append(1).Max());
        var boxes = new float[batch * slots * 4];
        var scores = new float[batch * slots];
        var classes = new long[batch * slots];
        Array.Fill(classes, DetectionTargets.Empty);
        for (var item = 0; item < batch; item++)
            for (var slot = 0; slot < found[item].Count; slot++)
            {
                var at = (item * slots) + slot;
                (scores[at], classes[at]) = (found[item][slot].Score, found[item][slot].Class);
                found[item][slot].Box.ToArray().CopyTo(boxes, 4 * at);
            }
        return new(
            torch.tensor(boxes, [batch, slots, 4]).to(device),
            torch.tensor(scores, [batch, slots]).to(device),
            torch.tensor(classes, [batch, slots]).to(device));
    }

    private readonly record struct Found(UnitBox Box, float Score, long Class);
}
