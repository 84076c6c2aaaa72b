using System.Diagnostics;
using System.Text.Json;
using DeepCourse.Lessons;

namespace DeepCourse.Tests.Lessons;

/// <summary><c>--processes</c>: one lesson, several processes, one run folder.</summary>
public sealed class SharedLessonTests : IDisposable
{
    private readonly string _runs = Directory.CreateTempSubdirectory("deepcourse-shared-").FullName;

    public void Dispose() => Directory.Delete(_runs, recursive: true);

    [SkippableFact]
    public void TwoProcesses_FindWhatOneFinds_AndTheFirstWrites()
    {
        SkipWithoutThem();
        var (alone, _) = Run("--seed 3");
        var expected = Metrics();
        var (code, said) = Run("--seed 3 --processes 2");

        Assert.Equal((ExitCode.Success, ExitCode.Success), (alone, code));
        Assert.Contains("2 processes, cpu", said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n'), line => line.StartsWith("epoch 4/4", StringComparison.Ordinal));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_runs, "line"), "2*").Length);
        Assert.Equal(expected["slope"], Metrics()["slope"], 1e-5);
        Assert.Equal(expected["loss"], Metrics()["loss"], 1e-5);
    }

    [SkippableFact]
    public void FailureOfOne_EndsBoth_AndOneAloneContinues()
    {
        SkipWithoutThem();
        var (code, said) = Run("--seed 3 --processes 2 --mishap throw");
        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("error: process 1: the power went", said, StringComparison.Ordinal);
        Assert.Contains("error: process 1 of 2 failed: the power went", said, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, Run("--resume --processes 1").Code);
        var continued = Metrics();
        Run("--seed 3");
        Assert.Equal(Metrics()["slope"], continued["slope"], 1e-5);
    }

    [SkippableFact]
    public void KilledProcess_EndsTheOther_WithTheCause()
    {
        SkipWithoutThem();
        var watch = Stopwatch.StartNew();
        var (code, said) = Run("--processes 2 --mishap die");

        Assert.Equal(ExitCode.Fault, code);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        Assert.Contains("error: process 1 of 2 was ended by signal 9", said, StringComparison.Ordinal);
        Assert.Contains("error: process 1 of 2 is gone", said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void BatchThatCannotBeDivided_IsRefused()
    {
        SkipWithoutThem();
        var (code, said) = Run("--processes 2 --batch-size 5");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--batch-size 5 can't be divided among 2 processes", said, StringComparison.Ordinal);
    }

    private static void SkipWithoutThem()
    {
#if !SYSTEM_STACK
        Skip.If(true, "the package can't connect processes");
#else
        Skip.IfNot(DeepCourse.Native.Collectives.Has(DeepCourse.Native.CollectiveBackend.Gloo), "this libtorch was built without Gloo");
#endif
    }

    private (int Code, string Said) Run(string arguments) => SampleProject.Start(
        typeof(SharedLine).Assembly.GetName().Name!, [.. arguments.Split(' '), "--out", _runs, "--device", "cpu"]);

    private Dictionary<string, double> Metrics() =>
        JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(Path.Combine(_runs, "line", "latest", "metrics.json")))!;
}
