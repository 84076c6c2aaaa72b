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
            new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left });
        progress.RefreshRate = TimeSpan.FromMilliseconds(250);
        _showing = Task.Run(() => progress.StartAsync(async context =>
        {
            started.SetResult(context);
            await _finished.Task.ConfigureAwait(false);
        }));
        _bars = started.Task.GetAwaiter().GetResult();
    }

    /// <summary>Adds a bar for the next epoch.</summary>
    public void Begin(string markup) => _bar = _bars.AddTask(markup);

    public void Show(string markup, int done, int count)
    {
        if (_bar is null) return;
        (_bar.Description, _bar.MaxValue, _bar.Value) = (markup, Math.Max(1, count), done);
    }

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
