using System.Diagnostics;
using DeepCourse.Reporting;
using DeepCourse.Training;
using Spectre.Console;

namespace DeepCourse.Lessons;

/// <summary>Shows a fit on the console: a bar per epoch on a terminal, a line per epoch when the output goes to a file.</summary>
/// <param name="console">Where to.</param>
public sealed class ConsoleProgress(LessonConsole console) : Callback
{
    // Reading a loss waits for the device, and people read slowly.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Stopwatch _epochWatch = new();
    private readonly Stopwatch _sinceShown = new();
    private ProgressDisplay? _display;
    private double _loss;
    private double _lossWeight;
    private long _items;

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Display;

    /// <inheritdoc/>
    protected override void BeforeFit(Run run)
    {
        if (console.IsInteractive) _display = new ProgressDisplay(console.Output);
    }

    /// <inheritdoc/>
    protected override void BeforeEpoch(Run run)
    {
        (_loss, _lossWeight, _items) = (0, 0, 0);
        _epochWatch.Restart();
        _sinceShown.Restart();
        _display?.Begin(Name(run), run.TrainBatchCount);
    }

    /// <inheritdoc/>
    protected override void BeforePhase(Run run)
    {
        if (run.Phase == Phase.Validate) _display?.Extend(run.BatchCount);
    }

    /// <inheritdoc/>
    protected override void AfterBatch(Run run)
    {
        _items += run.BatchSize;
        if (_display is null) return;
        if (_sinceShown.Elapsed >= Pause && run.Loss is { } loss)
        {
            _loss = (0.7 * _loss) + (0.3 * loss.ToDouble());
            _lossWeight = (0.7 * _lossWeight) + 0.3;
            _sinceShown.Restart();
            _display.Describe(run.Phase == Phase.Train
                ? $"{Name(run)}  [grey]loss[/] {NumberText.Of(_loss / _lossWeight)}  [grey]rate[/] {Rate(run)}  {Speed()}"
                : $"{Name(run)}  [grey]validating[/]  {Speed()}");
        }
        _display.Step();
    }

    /// <inheritdoc/>
    protected override void AfterEpoch(Run run)
    {
        var row = run.History.Epochs.Count > 0 ? run.History.Epochs[^1] : null;
        var losses = row is null ? "" : $"  train {NumberText.Of(row.TrainingLoss)}" + (double.IsNaN(row.ValidationLoss) ? "" : $"  valid {NumberText.Of(row.ValidationLoss)}");
        var metrics = row is null ? "" : string.Concat(row.Metrics.Select(m => $"  {m.Name} {NumberText.Of(m.Value)}"));
        var line = $"{Name(run)}{losses}{metrics}  {_epochWatch.Elapsed.TotalSeconds:0.0} s  {Speed()}";
        if (_display is null) console.Say(line);
        else _display.End(Spectre.Console.Markup.Escape(line));
    }

    /// <inheritdoc/>
    protected override void CleanupFit(Run run)
    {
        _display?.Close();
        _display = null;
        if (run.StopReason is { } reason) console.Remark($"stopped early: {reason}");
    }

    private string Speed() => $"{NumberText.Of(Math.Round(_items / Math.Max(1e-3, _epochWatch.Elapsed.TotalSeconds)))}/s";

    private static string Rate(Run run) => run.History.Batches.Count > 0 ? NumberText.Of(run.History.Batches[^1].LearningRate) : "–";

    private static string Name(Run run) => $"epoch {run.Epoch + 1}/{run.EpochCount}";
}
