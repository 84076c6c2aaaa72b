using DeepCourse.Distributed;
using DeepCourse.Metrics;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>Mean average precision of a detector, gathered over the batches of a phase.</summary>
/// <typeparam name="TOut">What the model gives.</typeparam>
/// <remarks>Boxes are compared as shares of the picture's sides, which gives the same overlaps as pixels do. The area
/// under each class's curve at one overlap; or, over COCO's ten overlaps, the mean precision at COCO's recalls.</remarks>
public sealed class MeanAveragePrecision<TOut> : Metric<TOut, DetectionTargets>
{
    private readonly List<(Detections Found, DetectionTargets Truth)> _batches = [];
    private readonly Func<TOut, Detections> _decode;
    private readonly int _classes;
    private readonly double? _overlap;

    /// <summary>A metric at one overlap, or over all of COCO's.</summary>
    /// <param name="classes">The number of classes, without the background.</param>
    /// <param name="decode">Turns the model's output into objects, most often with a <see cref="DetectionFilter"/>.</param>
    /// <param name="overlap">The intersection over union from which on an object is found; null for the mean over 0.50,
    /// 0.55 ... 0.95.</param>
    public MeanAveragePrecision(int classes, Func<TOut, Detections> decode, double? overlap = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentNullException.ThrowIfNull(decode);
        (_classes, _decode, _overlap) = (classes, decode, overlap);
    }

    /// <inheritdoc/>
    /// <value><c>map50</c>, <c>map50_95</c> and the like.</value>
    public override string Name => _overlap is { } overlap ? $"map{Math.Round(100 * overlap, 1)}" : "map50_95";

    /// <inheritdoc/>
    public override double Value => _batches.Count == 0
        ? double.NaN
        : _overlap is { } overlap
            ? AveragePrecisions.Of(Results(), _classes, overlap).Mean
            : CocoScores.Of(Results(), _classes).AveragePrecision;

    /// <summary>Reads what was gathered, for the precision of each class, curves and tables.</summary>
    /// <returns>The results of all pictures since the last reset, boxes in shares of the sides.</returns>
    public DetectionResults Results()
    {
        var results = new DetectionResults();
        foreach (var (found, truth) in _batches) results.Add(found, truth);
        return results;
    }

    /// <inheritdoc/>
    public override void Update(TOut output, DetectionTargets targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var found = _decode(output);
        _batches.Add((new(Keep(found.Boxes), Keep(found.Scores), Keep(found.Classes)), new(Keep(targets.Boxes), Keep(targets.Classes))));
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        foreach (var (found, truth) in _batches)
            foreach (var tensor in (ReadOnlySpan<Tensor>)[found.Boxes, found.Scores, found.Classes, truth.Boxes, truth.Classes])
                tensor.Dispose();
        _batches.Clear();
    }

    /// <inheritdoc/>
    public override void Merge(ProcessGroup processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        // One large batch of each process, with as many slots as the fullest anywhere.
        var slots = (long)processes.Largest(_batches.Select(batch => batch.Found.Classes.size(1)).Append(1).Max());
        var trueSlots = (long)processes.Largest(_batches.Select(batch => batch.Truth.Classes.size(1)).Append(1).Max());
        var boxes = All(batch => batch.Found.Boxes, 0, torch.zeros(0, slots, 4));
        var scores = All(batch => batch.Found.Scores, 0, torch.zeros(0, slots));
        var classes = All(batch => batch.Found.Classes, -1, torch.zeros(0, slots, ScalarType.Int64));
        var trueBoxes = All(batch => batch.Truth.Boxes, 0, torch.zeros(0, trueSlots, 4));
        var trueClasses = All(batch => batch.Truth.Classes, -1, torch.zeros(0, trueSlots, ScalarType.Int64));
        Reset();
        for (var rank = 0; rank < processes.WorldSize; rank++)
            _batches.Add((new(boxes[rank], scores[rank], classes[rank]), new(trueBoxes[rank], trueClasses[rank])));

        List<Tensor> All(Func<(Detections Found, DetectionTargets Truth), Tensor> part, double filling, Tensor none)
        {
            IEnumerable<Tensor> here = _batches.Select(batch => Widened(part(batch).cpu(), none.size(1), filling));
            return [.. processes.Gather(torch.cat([none, .. here], 0)).Select(Keep)];
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Reset();
        base.Dispose(disposing);
    }

    private static Tensor Widened(Tensor tensor, long slots, double filling)
    {
        var wide = torch.full([tensor.size(0), slots, .. tensor.shape[2..]], filling, tensor.dtype);
        wide.narrow(1, 0, tensor.size(1)).copy_(tensor);
        return wide;
    }

    // A copy, for the batch's own tensors may be used again.
    private static Tensor Keep(Tensor tensor) => tensor.detach().clone().DetachFromDisposeScope();
}
