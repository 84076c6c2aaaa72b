using DeepCourse.Distributed;
using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>How often each class was taken for each other one.</summary>
/// <param name="classes">The number of classes.</param>
/// <remarks>
/// Output: scores [batch, classes]. Targets: class numbers [batch]. As a metric its value is the accuracy; the table
/// behind it is <see cref="Table"/>, and precision, recall and F1 are made from it.
/// </remarks>
public class ConfusionCounts(int classes) : Metric<Tensor, Tensor>
{
    private Tensor? _counts;

    /// <inheritdoc/>
    public override string Name => "accuracy by table";

    /// <summary>The number of classes.</summary>
    public int Classes { get; } = classes;

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            var table = Table();
            double right = 0, all = 0;
            for (var i = 0; i < Classes; i++)
            {
                right += table[i, i];
                for (var j = 0; j < Classes; j++) all += table[i, j];
            }
            return all > 0 ? right / all : double.NaN;
        }
    }

    /// <inheritdoc/>
    public override void Update(Tensor output, Tensor targets)
    {
        Guard.Dimension(output, 1, Classes);
        Guard.Shape(targets, [output.size(0)], "[batch]");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _counts ??= zeros(Classes * Classes, ScalarType.Float64, output.device).DetachFromDisposeScope();
        var cells = targets.mul(Classes).add(output.argmax(1));
        _counts.index_add_(0, cells, ones(cells.numel(), ScalarType.Float64, output.device), 1);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _counts?.Dispose();
        _counts = null;
    }

    /// <inheritdoc/>
    public override void Merge(ProcessGroup processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        _counts ??= zeros(Classes * Classes, ScalarType.Float64, processes.Device).DetachFromDisposeScope();
        processes.Sum(_counts);
    }

    /// <summary>Reads the table: row = the right class, column = the class that was named.</summary>
    public long[,] Table()
    {
        var table = new long[Classes, Classes];
        if (_counts is null) return table;
        var flat = _counts.ReadNumbers();
        for (var i = 0; i < flat.Length; i++) table[i / Classes, i % Classes] = (long)flat[i];
        return table;
    }

    /// <summary>How often a class was named, how often it was there, and how often it was named rightly.</summary>
    private protected static (double Named, double There, double Right) OfClass(long[,] table, int label)
    {
        double named = 0, there = 0;
        for (var other = 0; other < table.GetLength(0); other++)
        {
            named += table[other, label];
            there += table[label, other];
        }
        return (named, there, table[label, label]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Reset();
        base.Dispose(disposing);
    }
}
