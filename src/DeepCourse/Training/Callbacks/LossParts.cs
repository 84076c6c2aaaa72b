using DeepCourse.Losses;
using DeepCourse.Metrics;

namespace DeepCourse.Training.Callbacks;

/// <summary>Writes the parts of a summed loss into the history, each as the mean over the items of the phase.</summary>
/// <remarks>The parts of training are recorded as <c>training</c> and their names.</remarks>
public sealed class LossParts : Callback
{
    private readonly SummedLoss _loss;
    private readonly DeviceSum[] _sums;

    /// <summary>Watches a loss.</summary>
    /// <param name="loss">The one that the learner uses.</param>
    public LossParts(SummedLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        (_loss, _sums) = (loss, [.. loss.Names.Select(_ => new DeviceSum())]);
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Metrics;

    /// <inheritdoc/>
    protected internal override bool CanBeRecorded => false;

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        foreach (var sum in _sums) sum.Reset();
    }

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run)
    {
        if (run.GraphLoss is null) return;
        using var frozen = no_grad();
        for (var i = 0; i < _sums.Length; i++) _sums[i].Add(_loss.Last[i], run.BatchSize);
    }

    /// <inheritdoc/>
    protected internal override void AfterPhase(Run run)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            if (run.Sharing is { } processes) _sums[i].Merge(processes);
            run.History.Record(run.Phase == Phase.Train ? $"training {_loss.Names[i]}" : _loss.Names[i], _sums[i].Mean);
        }
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        foreach (var sum in _sums) sum.Reset();
    }
}
