using DeepCourse.Reporting;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Lessons;

/// <summary>Shows a fit on the console: a bar per epoch on a terminal, a line per epoch when the output goes to a file.</summary>
/// <param name="console">Where to.</param>
public sealed class ConsoleProgress(LessonConsole console) : ProgressReporter(TimeSpan.FromMilliseconds(250))
{
    private ProgressDisplay? _display;
    private int _shown = -1;
    private double _loss;
    private double _lossWeight;
    private double _speed;

    /// <inheritdoc/>
    protected override void FitStarted(Run run)
    {
        _shown = -1;
        if (console.IsInteractive) _display = new ProgressDisplay(console.Output);
    }

    /// <inheritdoc/>
    protected override void Advanced(ProgressReport report)
    {
        var learns = report.Phase == Phase.Train;
        if (learns) _speed = report.ItemsPerSecond;
        if (_display is null) return;
        if (_shown != report.Epoch)
        {
            (_shown, _loss, _lossWeight) = (report.Epoch, 0, 0);
            _display.Begin(Name(report.Epoch, report.EpochCount));
        }
        if (learns && double.IsFinite(report.Loss))
        {
            // A moving average corrected for its start: the eye can't follow single batches.
            (_loss, _lossWeight) = ((0.8 * _loss) + (0.2 * report.Loss), (0.8 * _lossWeight) + 0.2);
        }
        var state = learns
            ? $"[grey]loss[/] {(_lossWeight > 0 ? NumberText.Of(_loss / _lossWeight) : "–"),-7} [grey]rate[/] {NumberText.Of(report.LearningRate),-8}"
            : "[grey]validating[/]";
        var left = report.FitRemaining is { } remaining ? $"[grey]fit left[/] {Clock(remaining)}" : "";
        _display.Show($"{Name(report.Epoch, report.EpochCount)}  {state} {Speed(report.ItemsPerSecond)}  {left}", report.Batches, report.BatchCount);
    }

    /// <inheritdoc/>
    protected override void EpochEnded(Run run, EpochRow row)
    {
        var valid = double.IsNaN(row.ValidationLoss) ? "" : $"  valid {NumberText.Of(row.ValidationLoss)}";
        var metrics = string.Concat(row.Metrics.Select(m => $"  {m.Name} {NumberText.Of(m.Value)}"));
        var line = $"{Name(run.Epoch, run.EpochCount)}  train {NumberText.Of(row.TrainingLoss)}{valid}{metrics}  {row.Seconds:0.0} s  {Speed(_speed)}";
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

    private static string Speed(double itemsPerSecond) => $"{NumberText.Of(Math.Round(itemsPerSecond, itemsPerSecond < 10 ? 1 : 0))}/s";

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? time.ToString(@"h\:mm\:ss") : time.ToString(@"m\:ss");

    private static string Name(int epoch, int count) => $"epoch {epoch + 1}/{count}";
}
