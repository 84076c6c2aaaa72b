using DeepCourse.Distributed;

namespace DeepCourse.Metrics;

/// <summary>A metric that is a mean over items; batches count by their size.</summary>
/// <typeparam name="TOut">What the model gives.</typeparam>
/// <typeparam name="TY">What the batch has as targets.</typeparam>
/// <remarks><b>Extending.</b> Say what the mean over one batch is, and how many items it has.</remarks>
public abstract class MeanMetric<TOut, TY> : Metric<TOut, TY>
{
    private readonly DeviceSum _sum = new();

    /// <inheritdoc/>
    public override double Value => _sum.Mean;

    /// <inheritdoc/>
    public override void Update(TOut output, TY targets)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (mean, count) = Measure(output, targets);
        if (count > 0) _sum.Add(mean, count);
    }

    /// <inheritdoc/>
    public override void Reset() => _sum.Reset();

    /// <inheritdoc/>
    public override void Merge(ProcessGroup processes) => _sum.Merge(processes);

    /// <summary>The mean over one batch.</summary>
    /// <param name="output">What the model gave, [batch, ...].</param>
    /// <param name="targets">What it should have given, [batch, ...].</param>
    /// <returns>The mean as a tensor of one element on its device, and the number of items it is of.</returns>
    protected abstract (Tensor Mean, long Count) Measure(TOut output, TY targets);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _sum.Dispose();
        base.Dispose(disposing);
    }
}
