using DeepCourse.Distributed;

namespace DeepCourse.Metrics;

/// <summary>A number that says how good a model is, gathered over the batches of a phase.</summary>
public abstract class Metric : IDisposable
{
    /// <summary>What reports and history call it, such as <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a larger value is a better one; early stopping and checkpoints go by it.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>The value over everything since the last reset; not a number where there was nothing.</summary>
    /// <remarks>Reading it waits for the device, so it is read once per phase.</remarks>
    public abstract double Value { get; }

    /// <summary>Forgets everything.</summary>
    public abstract void Reset();

    /// <summary>Takes in what the other processes have gathered, each over its part of the data; then all have the value
    /// over everything.</summary>
    /// <param name="processes">Who takes part; all of them call this, once, after their last batch.</param>
    /// <exception cref="NotSupportedException">This metric can't.</exception>
    public virtual void Merge(ProcessGroup processes) =>
        throw new NotSupportedException($"the metric {Name} can't be gathered from several processes: override {nameof(Merge)}");

    /// <summary>Frees what the metric keeps on the device.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the metric keeps on the device.</summary>
    /// <param name="disposing">Always true: metrics have no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
