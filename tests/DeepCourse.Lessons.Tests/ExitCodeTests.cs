using DeepCourse.Lessons;

namespace DeepCourse.Tests.Lessons;

public sealed class ExitCodeTests : IDisposable
{
    private readonly LessonRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData(0.8, ExitCode.Success)]
    [InlineData(0.7, ExitCode.BelowExpectation)]
    public void BarDecides(double accuracy, int code)
    {
        Assert.Equal(code, _runner.Run("--expect accuracy>=0.75", lesson => lesson.Metric("accuracy", accuracy)));
        Assert.Equal(code != 0, _runner.Errors.Contains("expected accuracy>=0.75, actual 0.7", StringComparison.Ordinal));
        Assert.True(File.Exists(_runner.Latest("report.html")));
    }

    [Fact]
    public void EveryBarMustHold() =>
        Assert.Equal(ExitCode.BelowExpectation, _runner.Run("--expect a>=1 --expect b>=1", lesson => { lesson.Metric("a", 1); lesson.Metric("b", 0); }));

    [Fact]
    public void FaultIsOneLineAndVerboseShowsWhere()
    {
        Assert.Equal(ExitCode.Fault, _runner.Run("", _ => throw new InvalidDataException("the file is broken:\n  at line 3")));
        Assert.Contains("error: the file is broken: at line 3\n", _runner.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(ExitCodeTests), _runner.Errors, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Fault, _runner.Run("--verbose", _ => throw new InvalidDataException("broken")));
        Assert.Contains(nameof(ExitCodeTests), _runner.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void LessonCanRefuseItsOptions()
    {
        Assert.Equal(ExitCode.Usage, _runner.Run("", _ => throw new UsageException("--data voc needs --path")));
        Assert.Contains("error: --data voc needs --path", _runner.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandRunsItsOwnBody()
    {
        Assert.Equal(ExitCode.Success, _runner.Run("study --expect study>=1", _ => Assert.Fail("the lesson's training ran")));
    }

    [SkippableFact]
    public void InterruptSavesWhatThereIsAndExitsWith130()
    {
        StopSignal.SkipWhereThereIsNone();
        var code = _runner.Run("", lesson =>
        {
            lesson.Stage("first");
            lesson.Metric("first", 1);
            StopSignal.Send(lesson.Cancellation);
            lesson.Stage("second");
            lesson.Metric("second", 1);
        });

        Assert.Equal(ExitCode.Cancelled, code);
        Assert.Contains("--resume", _runner.Errors, StringComparison.Ordinal);
        var metrics = File.ReadAllText(_runner.Latest("metrics.json"));
        Assert.Contains("\"first\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("\"second\"", metrics, StringComparison.Ordinal);
        Assert.Contains("stopped before its end", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
    }
}
