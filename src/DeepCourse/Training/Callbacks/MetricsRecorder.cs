using DeepCourse.Metrics;

namespace DeepCourse.Training.Callbacks;

/// <summary>Lets metrics measure, and writes their values into the history at the end of the phase.</summary>
/// <remarks>A metric in a list of callbacks becomes one of these by itself.</remarks>
public sealed class MetricsRecorder : Callback
{
    private readonly Metric[] _metrics;
    private readonly bool _alsoTraining;

    /// <summary>Measures in validation.</summary>
    /// <param name="metrics">What to measure; they belong to the caller.</param>
    public MetricsRecorder(params Metric[] metrics) : this(alsoTraining: false, metrics)
    {
    }

    /// <summary>Measures in validation, and in training too if that is wanted.</summary>
    /// <param name="alsoTraining">Whether training is measured; its values are recorded as <c>training</c> and the
    /// name.</param>
    /// <param name="metrics">What to measure; they belong to the caller.</param>
    public MetricsRecorder(bool alsoTraining, params Metric[] metrics) =>
        (_alsoTraining, _metrics) = (alsoTraining, metrics);

    /// <summary>What is measured.</summary>
    public IReadOnlyList<Metric> Metrics => _metrics;

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Metrics;

    /// <inheritdoc/>
    protected internal override bool CanBeRecorded => !_alsoTraining;

    internal bool Measures(Phase phase) => phase == Phase.Validate || _alsoTraining;

    internal Metric<TOut, TY>[] Typed<TOut, TY>() => Array.ConvertAll(_metrics, metric => metric as Metric<TOut, TY>
        ?? throw new ArgumentException(
            $"the metric {metric.Name} is not for outputs of type {typeof(TOut).Name} and targets of type {typeof(TY).Name}"));

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        if (!Measures(run.Phase)) return;
        foreach (var metric in _metrics) metric.Reset();
    }

    /// <inheritdoc/>
    protected internal override void AfterPhase(Run run)
    {
        if (!Measures(run.Phase)) return;
        foreach (var metric in _metrics)
        {
            if (run.Sharing is { } processes) metric.Merge(processes);
            run.History.Record(run.Phase == Phase.Train ? $"training {metric.Name}" : metric.Name, metric.Value);
        }
    }
}
