using DeepCourse.Distributed;
using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>How well each label's items are ranked before the others, for several labels per item: the mean over the
/// labels of their average precision.</summary>
/// <remarks>
/// Average precision is the sum over all scores of the gain in recall times the precision there, not interpolated, items
/// of one score taken together: the definition of scikit-learn's <c>average_precision_score</c>. Labels that no item has
/// count for nothing. Output: scores or logits [batch, labels]. Targets: 0 or 1, of the same shape. Needs all scores of a
/// phase, which stay on their device until <see cref="Value"/> is read.
/// </remarks>
/// <param name="labels">The number of labels.</param>
public sealed class LabelMeanAveragePrecision(int labels) : Metric<Tensor, Tensor>
{
    private readonly List<Tensor> _scores = [];
    private readonly List<Tensor> _truths = [];

    /// <inheritdoc/>
    public override string Name => "mAP by label";

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            double[] known = [.. OfLabels().Where(value => !double.IsNaN(value))];
            return known.Length > 0 ? known.Average() : double.NaN;
        }
    }

    /// <inheritdoc/>
    public override void Update(Tensor output, Tensor targets)
    {
        Guard.Dimension(output, 1, labels);
        Guard.SameShape(targets, output);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        // Copies, since both may be views of buffers that the next batch is written into.
        _scores.Add(output.detach().to_type(ScalarType.Float32).clone().DetachFromDisposeScope());
        _truths.Add(targets.gt(0.5).DetachFromDisposeScope());
    }

    /// <summary>The average precision of each label; not a number for one that no item has. Waits for the
    /// device.</summary>
    public IReadOnlyList<double> OfLabels()
    {
        var values = new double[labels];
        Array.Fill(values, double.NaN);
        if (_scores.Count == 0) return values;
        using var scope = NewDisposeScope();
        var scores = cat(_scores, 0).t().contiguous().cpu().data<float>().ToArray();
        var truths = cat(_truths, 0).t().contiguous().cpu().data<bool>().ToArray();
        var items = scores.Length / labels;
        for (var label = 0; label < labels; label++)
            values[label] = AveragePrecision(
                scores[(label * items)..((label + 1) * items)], truths[(label * items)..((label + 1) * items)]);
        return values;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        foreach (var tensor in _scores.Concat(_truths)) tensor.Dispose();
        _scores.Clear();
        _truths.Clear();
    }

    /// <inheritdoc/>
    public override void Merge(ProcessGroup processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        using var scope = NewDisposeScope();
        Tensor[] scores = [zeros(0, labels, device: processes.Device), .. _scores];
        Tensor[] truths = [zeros(0, labels, ScalarType.Bool, processes.Device), .. _truths];
        var (allScores, allTruths) = (processes.Gather(cat(scores, 0)), processes.Gather(cat(truths, 0)));
        Reset();
        _scores.AddRange(allScores.Select(part => part.DetachFromDisposeScope()));
        _truths.AddRange(allTruths.Select(part => part.DetachFromDisposeScope()));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Reset();
        base.Dispose(disposing);
    }

    private static double AveragePrecision(float[] scores, bool[] truths)
    {
        double all = truths.Count(truth => truth);
        if (all == 0) return double.NaN;
        Array.Sort(scores, truths);
        var (sum, right, gained) = (0.0, 0, 0);
        for (var item = scores.Length - 1; item >= 0; item--)
        {
            if (truths[item]) gained++;
            // Equal scores have no order among them.
            if (item > 0 && scores[item - 1] == scores[item]) continue;
            right += gained;
            sum += gained / all * right / (scores.Length - item);
            gained = 0;
        }
        return sum;
    }
}
