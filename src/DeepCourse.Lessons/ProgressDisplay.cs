using Spectre.Console;

namespace DeepCourse.Lessons;

/// <summary>Spectre's progress bars, opened and closed from callbacks instead of around one delegate.</summary>
internal sealed class ProgressDisplay
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _showing;
    private readonly ProgressContext _bars;
    private ProgressTask? _bar;

    public ProgressDisplay(IAnsiConsole console)
    {
        var started = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        var progress = console.Progress().AutoClear(false).HideCompleted(false).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new RemainingTimeColumn());
        progress.RefreshRate = TimeSpan.FromMilliseconds(200);
        _showing = Task.Run(() => progress.StartAsync(async context =>
        {
            started.SetResult(context);
            await _finished.Task.ConfigureAwait(false);
        }));
        _bars = started.Task.GetAwaiter().GetResult();
    }

    public void Begin(string description, int batches) => _bar = _bars.AddTask(description, maxValue: Math.Max(1, batches));

    /// <summary>Validation makes the bar longer by its batches.</summary>
    public void Extend(int batches)
    {
        if (_bar is not null) _bar.MaxValue += batches;
    }

    public void Describe(string markup)
    {
        if (_bar is not null) _bar.Description = markup;
    }

    public void Step() => _bar?.Increment(1);

    public void End(string markup)
    {
        if (_bar is null) return;
        _bar.Description = markup;
        _bar.Value = _bar.MaxValue;
        _bar.StopTask();
    }

    public void Close()
    {
        _finished.TrySetResult();
        _showing.GetAwaiter().GetResult();
    }
}
