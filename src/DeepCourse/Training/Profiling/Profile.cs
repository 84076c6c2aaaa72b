using System.Globalization;
using System.Text;
using DeepCourse.Reporting;

namespace DeepCourse.Training.Profiling;

/// <summary>Where the time of one fit went, and how much memory it took.</summary>
/// <param name="Seconds">From the beginning of the fit to its end.</param>
/// <param name="Stages">What the loop did, training before validation.</param>
/// <param name="Callbacks">The callbacks that had turns, the slowest first; their sum is the stage
/// <see cref="RunStage.Callbacks"/> of both phases.</param>
/// <param name="Phases">The batches of the phases that took place.</param>
/// <param name="Peaks">Tensors and memory at most.</param>
/// <param name="Garbage">What the garbage collector did.</param>
/// <remarks>The times are those of the thread that trains. A GPU works on while the loop goes on, and what it takes shows
/// where the loop next waits for it, unless the profiler synchronizes.</remarks>
public sealed record Profile(
    double Seconds,
    IReadOnlyList<StageTime> Stages,
    IReadOnlyList<CallbackTime> Callbacks,
    IReadOnlyList<PhaseTime> Phases,
    MemoryPeaks Peaks,
    GarbageTime Garbage)
{
    /// <summary>What a stage took in both phases.</summary>
    /// <param name="stage">Which stage.</param>
    /// <returns>Seconds over the whole fit.</returns>
    public double SecondsIn(RunStage stage) => Stages.Where(time => time.Stage == stage).Sum(time => time.Seconds);

    /// <summary>The stages as a table: seconds, share of the fit, milliseconds a batch.</summary>
    public Table StageTable() => new("Where the time went", ["phase", "stage", "seconds", "share", "ms a batch"],
    [
        .. Stages.Select(time => (IReadOnlyList<string>)
        [
            NameOf(time.Phase), NameOf(time.Stage), Text(time.Seconds, "0.000"), Text(time.Share, "0.0%"),
            Text(time.MillisecondsPerBatch, "0.000"),
        ]),
    ]);

    /// <summary>The callbacks as a table: seconds and share of the fit.</summary>
    public Table CallbackTable() => new("Callbacks", ["callback", "seconds", "share"],
        [.. Callbacks.Select(time => (IReadOnlyList<string>)[time.Name, Text(time.Seconds, "0.000"), Text(time.Share, "0.0%")])]);

    /// <summary>Batches, tensors, memory and garbage as a table of names and values.</summary>
    public Table CountTable() => new("Batches and memory", ["what", "value"],
        [.. Counts().Select(count => (IReadOnlyList<string>)[count.Name, count.Value])]);

    /// <summary>The shares of the stages as bars, training and validation side by side.</summary>
    public BarChart Chart()
    {
        var stages = Enum.GetValues<RunStage>();
        var phases = Phases.Select(phase => phase.Phase).ToArray();
        return new("Share of the time", [.. stages.Select(NameOf)],
            [.. phases.Select(phase => new BarSeries(NameOf(phase), [.. stages.Select(stage => ShareOf(phase, stage))]))])
        {
            Format = "0.0%",
        };
    }

    /// <summary>Everything as lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"{"phase",-10} {"stage",-10} {"seconds",9} {"share",7} {"ms a batch",11}");
        foreach (var time in Stages)
        {
            text.AppendLine(
                $"{NameOf(time.Phase),-10} {NameOf(time.Stage),-10} {Text(time.Seconds, "0.000"),9} {Text(time.Share, "0.0%"),7} {Text(time.MillisecondsPerBatch, "0.000"),11}");
        }
        foreach (var time in Callbacks)
            text.AppendLine($"{"callback",-10} {time.Name,-28} {Text(time.Seconds, "0.000"),9} {Text(time.Share, "0.0%"),7}");
        foreach (var (name, value) in Counts()) text.AppendLine($"{name}: {value}");
        return text.ToString();
    }

    private IEnumerable<(string Name, string Value)> Counts()
    {
        foreach (var phase in Phases)
        {
            var name = NameOf(phase.Phase);
            yield return ($"{name}, batches", Text(phase.Batches, "#,0"));
            yield return ($"{name}, ms a batch", $"{Text(phase.MedianMilliseconds, "0.00")} (19 of 20 under {Text(phase.SlowMilliseconds, "0.00")})");
            yield return ($"{name}, items a second", Text(phase.ItemsPerSecond, "#,0"));
            yield return ($"{name}, managed bytes a batch", Text(phase.ManagedBytesPerBatch, "#,0"));
        }
        yield return ("tensors alive at most", Text(Peaks.Tensors, "#,0"));
        yield return ("memory of the process at most", $"{Text(Peaks.Process / 1e6, "#,0")} MB");
        if (Peaks.Device is { } device) yield return ("tensors on the GPU at most", $"{Text(device / 1e6, "#,0")} MB");
        yield return ("garbage collections", $"{Garbage.Collections}, {Text(1e3 * Garbage.PauseSeconds, "0.0")} ms of pauses, {Text(Garbage.AllocatedBytes / 1e6, "#,0.0")} MB allocated by all threads");
    }

    private double ShareOf(Phase phase, RunStage stage)
    {
        foreach (var time in Stages)
        {
            if (time.Phase == phase && time.Stage == stage) return time.Share;
        }
        return 0;
    }

    private static string NameOf(Phase phase) => phase == Phase.Train ? "training" : "validation";

    private static string NameOf(RunStage stage) => stage.ToString().ToLowerInvariant();

    private static string Text(double value, string format) =>
        NumberText.Of(value, format);
}
