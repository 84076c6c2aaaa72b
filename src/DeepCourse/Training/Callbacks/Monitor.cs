using DeepCourse.Metrics;

namespace DeepCourse.Training.Callbacks;

/// <summary>A number that is watched from epoch to epoch.</summary>
/// <remarks>A metric converts by itself: <c>new EarlyStopping(accuracy)</c>.</remarks>
public sealed class Monitor
{
    private readonly Func<Run, double> _read;

    private Monitor(string name, bool higherIsBetter, Func<Run, double> read) =>
        (Name, HigherIsBetter, _read) = (name, higherIsBetter, read);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Whether a larger value is a better one.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>The mean loss of the validation.</summary>
    public static Monitor ValidationLoss { get; } =
        new("validation loss", higherIsBetter: false, run => run.ValidationLoss);

    /// <summary>The mean loss of the training.</summary>
    public static Monitor TrainingLoss { get; } = new("training loss", higherIsBetter: false, run => run.TrainingLoss);

    /// <summary>A metric.</summary>
    /// <param name="metric">One of the learner's.</param>
    public static implicit operator Monitor(Metric metric) => FromMetric(metric);

    /// <summary>A metric.</summary>
    /// <param name="metric">One of the learner's.</param>
    public static Monitor FromMetric(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Name, metric.HigherIsBetter, _ => metric.Value);
    }

    /// <summary>The value of the epoch that ends.</summary>
    /// <param name="run">What is happening.</param>
    public double Read(Run run) => _read(run);

    /// <summary>Whether a value is better than the best so far.</summary>
    /// <param name="value">The new value; one that is no number never is.</param>
    /// <param name="best">The best so far; not a number where there is none.</param>
    /// <param name="change">By how much it must be better.</param>
    public bool IsBetter(double value, double best, double change = 0)
    {
        if (double.IsNaN(value)) return false;
        if (double.IsNaN(best)) return true;
        return HigherIsBetter ? value > best + change : value < best - change;
    }
}
