using System.Diagnostics;
using System.Text.Json;
using DeepCourse.Metrics;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Training.Profiling;

namespace DeepCourse.Tests.Training.Callbacks;

public sealed class ProfilerTests
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "trace.json");

    [Fact]
    public void Stages_AddUpToTheWholeFit()
    {
        using var error = new MeanAbsoluteError();
        var profile = Measure(new Profiler(), epochs: 2, error);
        Assert.Equal(profile.Seconds, profile.Stages.Sum(time => time.Seconds), 1e-9);
        Assert.Equal(1, profile.Stages.Sum(time => time.Share), 1e-9);
        Assert.Equal(profile.SecondsIn(RunStage.Callbacks), profile.Callbacks.Sum(time => time.Seconds), 1e-9);
        Assert.Contains(profile.Callbacks, time => time.Name == nameof(MetricsRecorder));
    }

    [Fact]
    public void Stages_AreThoseOfTheirPhase()
    {
        var profile = Measure(new Profiler());
        Assert.All(profile.Stages.Where(time => time.Phase == Phase.Train), time => Assert.True(time.Seconds > 0, $"{time}"));
        Assert.All(profile.Stages.Where(time => time.Phase == Phase.Validate), time =>
            Assert.Equal(time.Stage is RunStage.Backward or RunStage.Step, time.Seconds == 0));
    }

    [Fact]
    public void Phases_CountBatchesAndItems()
    {
        var profile = Measure(new Profiler(), epochs: 3);
        Assert.Equal([(Phase.Train, 6), (Phase.Validate, 3)], profile.Phases.Select(phase => (phase.Phase, phase.Batches)));
        Assert.All(profile.Phases, phase => Assert.InRange(phase.MedianMilliseconds, 1e-6, phase.SlowMilliseconds));
        Assert.All(profile.Phases, phase => Assert.True(phase.ItemsPerSecond > 0));
        // The loader makes its batches with LINQ.
        Assert.All(profile.Phases, phase => Assert.True(phase.ManagedBytesPerBatch > 0));
        Assert.True(profile.Peaks.Tensors >= 2, $"{profile.Peaks}");
        Assert.True(profile.Peaks.Process > 10_000_000, $"{profile.Peaks}");
        Assert.True(profile.Garbage.AllocatedBytes > 0);
    }

    [Fact]
    public void Callbacks_SlowestComesFirst()
    {
        var profile = Measure(new Profiler(), epochs: 1, new Busy());
        Assert.Equal(nameof(Busy), profile.Callbacks[0].Name);
        Assert.True(profile.Callbacks[0].Seconds >= 2 * Busy.Seconds, $"{profile.Callbacks[0]}");
    }

    [Fact]
    public void Trace_HasEveryStageInsideItsBatch()
    {
        var profiler = new Profiler();
        Measure(profiler);
        var events = Trace(profiler);
        var spans = events.Where(item => item.GetProperty("ph").GetString() == "X").ToList();
        var batches = spans.Where(span => Category(span) == "batch").ToList();
        Assert.Equal(3, batches.Count);
        var first = spans
            .Where(span => Category(span) is not ("batch" or "callbacks") && Begin(span) < End(batches[0]))
            .OrderBy(Begin).Select(Name).Distinct();
        Assert.Equal(["data", "forward", "loss", "backward", "step"], first);
        Assert.All(spans.Where(span => Name(span) == "forward"), span =>
            Assert.Single(batches, batch => Begin(batch) <= Begin(span) && End(span) <= End(batch)));
        Assert.Equal(3, events.Count(item => Name(item) == "tensors alive"));
    }

    [Fact]
    public void Trace_EndsWhereItsRoomEnds()
    {
        var profiler = new Profiler(traceEvents: 4);
        Measure(profiler);
        profiler.SaveTrace(_path);
        using var trace = JsonDocument.Parse(File.ReadAllText(_path));
        var spans = trace.RootElement.GetProperty("traceEvents").EnumerateArray()
            .Where(item => item.GetProperty("ph").GetString() == "X");
        Assert.Equal(4, spans.Count(span => Category(span) != "batch"));
        Assert.True(trace.RootElement.GetProperty("droppedEvents").GetInt64() > 0);
    }

    [Fact]
    public void AFitThatFails_IsMeasuredToo_AndTheNextOneAnew()
    {
        var profiler = new Profiler();
        var fails = true;
        using var line = new LineLearner([profiler, new EventLog((moment, _) =>
        {
            if (fails && moment == "backward") throw new InvalidOperationException("no gradients today");
        })]);
        Assert.Throws<InvalidOperationException>(() => line.Learner.Fit(1));
        Assert.Equal(0, profiler.Profile!.SecondsIn(RunStage.Step));
        fails = false;
        line.Learner.Fit(1);
        Assert.True(profiler.Profile.SecondsIn(RunStage.Step) > 0);
    }

    [Fact]
    public void SaveTrace_WithoutAFit_SaysSo() =>
        Assert.Contains("no fit", Assert.Throws<InvalidOperationException>(() => new Profiler().SaveTrace(_path)).Message);

    [Fact]
    public void Summary_NamesStagesCallbacksAndMemory()
    {
        var profile = Measure(new Profiler(), epochs: 1, new Busy());
        string[] expected = ["forward", "backward", "Busy", "tensors alive at most", "managed bytes a batch", "pauses"];
        Assert.All(expected, part => Assert.Contains(part, profile.ToString()));
        Assert.Equal(profile.Stages.Count, profile.StageTable().Rows.Count);
        Assert.Equal(profile.Callbacks.Count, profile.CallbackTable().Rows.Count);
        Assert.Contains("forward", profile.Chart().ToHtml());
        Assert.NotEmpty(profile.CountTable().Rows);
    }

    private static Profile Measure(Profiler profiler, int epochs = 1, params Callback[] others)
    {
        using var line = new LineLearner([profiler, .. others]);
        line.Learner.Fit(epochs);
        return profiler.Profile!;
    }

    private List<JsonElement> Trace(Profiler profiler)
    {
        profiler.SaveTrace(_path);
        using var trace = JsonDocument.Parse(File.ReadAllText(_path));
        return [.. trace.RootElement.Clone().GetProperty("traceEvents").EnumerateArray()];
    }

    private static string Name(JsonElement item) => item.GetProperty("name").GetString()!;

    private static string Category(JsonElement span) => span.GetProperty("cat").GetString()!;

    private static double Begin(JsonElement span) => span.GetProperty("ts").GetDouble();

    private static double End(JsonElement span) => Begin(span) + span.GetProperty("dur").GetDouble();

    /// <summary>Computes something for a while after every training batch.</summary>
    private sealed class Busy : Callback
    {
        public const double Seconds = 0.05;

        protected internal override void AfterBatch(Run run)
        {
            if (run.Phase != Phase.Train) return;
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds)
            {
            }
        }
    }
}
