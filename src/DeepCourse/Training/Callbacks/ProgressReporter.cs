using System.Diagnostics;
using DeepCourse.Tensors;

namespace DeepCourse.Training.Callbacks;

/// <summary>Tells somebody how training goes on, a few times a second at most.</summary>
/// <remarks>
/// <b>Extending.</b> Override what is to be shown; all numbers are ready. The loss is read from the device only when
/// it is reported, so a GPU waits a few times a second and not at every batch.
/// </remarks>
/// <param name="interval">The least time between two reports within a phase; by default a fifth of a second.</param>
public abstract class ProgressReporter(TimeSpan? interval = null) : Callback
{
    private readonly TimeSpan _interval = interval ?? TimeSpan.FromSeconds(0.2);
    private readonly Stopwatch _phase = new();
    private readonly Stopwatch _fit = new();
    private TimeSpan _last;
    private long _items;
    private int _batches;
    private double _startProgress;

    /// <inheritdoc/>
    public sealed override CallbackBand Band => CallbackBand.Display;

    /// <summary>A fit begins.</summary>
    /// <param name="run">What is happening.</param>
    protected virtual void FitStarted(Run run)
    {
    }

    /// <summary>Some batches more are done.</summary>
    /// <param name="report">How it stands.</param>
    protected abstract void Advanced(ProgressReport report);

    /// <summary>An epoch has ended, and its row is in the history.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="row">What was measured.</param>
    protected abstract void EpochEnded(Run run, EpochRow row);

    /// <summary>A fit has ended.</summary>
    /// <param name="run">What is happening.</param>
    protected virtual void FitEnded(Run run)
    {
    }

    /// <inheritdoc/>
    protected internal sealed override void BeforeFit(Run run)
    {
        _fit.Restart();
        _startProgress = -1;
        FitStarted(run);
    }

    /// <inheritdoc/>
    protected internal sealed override void BeforePhase(Run run)
    {
        if (_startProgress < 0) _startProgress = run.Progress;
        _phase.Restart();
        (_last, _items, _batches) = (TimeSpan.Zero, 0, 0);
    }

    /// <inheritdoc/>
    protected internal sealed override void AfterBatch(Run run)
    {
        _items += run.BatchSize;
        _batches++;
        var now = _phase.Elapsed;
        if (now - _last < _interval && run.BatchIndex < run.BatchCount - 1) return;
        _last = now;
        var seconds = Math.Max(now.TotalSeconds, 1e-9);
        Advanced(new ProgressReport(
            run.Phase, run.Epoch, run.EpochCount, run.BatchIndex + 1, run.BatchCount,
            run.Loss?.ReadNumber() ?? double.NaN, run.Rates.LearningRate, _items / seconds,
            TimeSpan.FromSeconds(seconds / _batches * (run.BatchCount - run.BatchIndex - 1)), FitRemaining(run)));
    }

    /// <inheritdoc/>
    protected internal sealed override void AfterEpoch(Run run)
    {
        if (run.History.Epochs is [.., var row] && row.Fit == run.Fit && row.Epoch == run.Epoch) EpochEnded(run, row);
    }

    /// <inheritdoc/>
    protected internal sealed override void AfterFit(Run run) => FitEnded(run);

    private TimeSpan? FitRemaining(Run run)
    {
        var passed = run.Progress - _startProgress;
        return passed > 0 ? _fit.Elapsed * ((1 - run.Progress) / passed) : null;
    }
}
