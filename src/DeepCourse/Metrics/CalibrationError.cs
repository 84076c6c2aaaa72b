using DeepCourse.Distributed;
using DeepCourse.Reporting;
using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>How far the probabilities of a classifier can be believed: of the answers given with 80%, are 80% right?</summary>
/// <param name="bins">Into how many ranges of the same width the probabilities are put.</param>
/// <remarks>
/// The expected calibration error (Naeini et al. 2015, Guo et al. 2017): the distance between the mean probability of the
/// named class and the share of right answers, averaged over the ranges by their number of answers. Output: logits
/// [batch, classes]. Targets: class numbers [batch].
/// </remarks>
public sealed class CalibrationError(int bins = 15) : Metric<Tensor, Tensor>
{
    private const int Count = 0, Confidence = 1, Right = 2;

    // [count, sum of probabilities, right answers] of each range.
    private Tensor? _sums;

    /// <inheritdoc/>
    public override string Name => "calibration error";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            var filled = Bins();
            var all = (double)filled.Sum(bin => bin.Count);
            return all == 0 ? double.NaN : filled.Sum(bin => bin.Count / all * Math.Abs(bin.Accuracy - bin.Confidence));
        }
    }

    /// <inheritdoc/>
    public override void Update(Tensor output, Tensor targets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        Guard.Rank(output, 2);
        Guard.Shape(targets, [output.size(0)], "[batch]");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _sums ??= zeros(3, bins, ScalarType.Float64, output.device).DetachFromDisposeScope();
        var (confidence, named) = output.to_type(ScalarType.Float64).softmax(1).max(1);
        // Ranges are open below and closed above, so that certainty belongs to the last one.
        var places = confidence.mul(bins).ceil().sub(1).clamp(0, bins - 1).to_type(ScalarType.Int64);
        var right = named.eq(targets).to_type(ScalarType.Float64);
        _sums.index_add_(1, places, stack([ones_like(confidence), confidence, right]), 1);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _sums?.Dispose();
        _sums = null;
    }

    /// <inheritdoc/>
    public override void Merge(ProcessGroup processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        _sums ??= zeros(3, bins, ScalarType.Float64, processes.Device).DetachFromDisposeScope();
        processes.Sum(_sums);
    }

    /// <summary>The ranges that hold answers, from low probabilities to high ones. Waits for the device.</summary>
    public IReadOnlyList<ReliabilityBin> Bins()
    {
        if (_sums is null) return [];
        var sums = _sums.ReadNumbers();
        double Sum(int row, int bin) => sums[(row * bins) + bin];
        return
        [
            .. from bin in Enumerable.Range(0, bins)
               let count = Sum(Count, bin)
               where count > 0
               select new ReliabilityBin((double)bin / bins, (bin + 1.0) / bins, (long)count, Sum(Confidence, bin) / count, Sum(Right, bin) / count),
        ];
    }

    /// <summary>The ranges as a curve beside the line on which a classifier that can be believed would lie.</summary>
    /// <param name="title">Heading.</param>
    public LineChart Figure(string title = "Can the probabilities be believed?")
    {
        var filled = Bins();
        var curve = new Series("this classifier", [.. filled.Select(bin => bin.Confidence)], [.. filled.Select(bin => bin.Accuracy)]) { Dots = true };
        return new(title, curve, new Series("as often right as it says", [0, 1], [0, 1]))
        {
            XLabel = "probability given to the answer",
            YLabel = "share of right answers",
            Caption = $"Expected calibration error {NumberText.Of(Value, "0.000")}, over {filled.Sum(bin => bin.Count)} answers. Below the straight line, the classifier is too sure of itself.",
        };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Reset();
        base.Dispose(disposing);
    }
}

/// <summary>The answers whose probability lies in a range.</summary>
/// <param name="Low">Where the range begins; not in it.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Count">How many answers it holds.</param>
/// <param name="Confidence">Their mean probability.</param>
/// <param name="Accuracy">The share of them that are right.</param>
public sealed record ReliabilityBin(double Low, double High, long Count, double Confidence, double Accuracy);
