using System.Text.Json;
using DeepCourse.Lessons;

namespace DeepCourse.Tests.Lessons;

public sealed class RunFolderTests : IDisposable
{
    private readonly LessonRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void RunLeavesOptionsMetricsAndReport()
    {
        _runner.Run("", lesson =>
        {
            lesson.Metric("accuracy", 0.75);
            lesson.Metric("unknown", double.NaN);
            lesson.Report.Section("Results").Metric("accuracy", 0.75, 0.7);
        });

        using var metrics = JsonDocument.Parse(File.ReadAllText(_runner.Latest("metrics.json")));
        Assert.Equal(0.75, metrics.RootElement.GetProperty("accuracy").GetDouble());
        Assert.Equal(JsonValueKind.Null, metrics.RootElement.GetProperty("unknown").ValueKind);
        Assert.True(metrics.RootElement.GetProperty("seconds").GetDouble() >= 0);
        Assert.Contains("<title>Tiny</title>", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
        Assert.Contains("\"--epochs\": \"8\"", File.ReadAllText(_runner.Latest("options.json")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_runner.Latest("x"))!, "*.part"));
    }

    [Fact]
    public void FolderIsNamedByTheTimeAndLatestPointsAtTheNewest()
    {
        var clock = new Clock(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)));
        _runner.Run("--seed 1", time: clock);
        _runner.Run("--seed 2", time: clock);

        var lesson = Path.Combine(_runner.Runs, "tiny");
        Assert.Equal(["20310203-020506", "20310203-020506-2", "latest"], Directory.GetDirectories(lesson).Select(d => Path.GetFileName(d)!).Order());
        Assert.Equal("20310203-020506-2", new DirectoryInfo(Path.Combine(lesson, "latest")).LinkTarget);
        Assert.Contains("\"--seed\": \"2\"", File.ReadAllText(_runner.Latest("options.json")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void LatestIsThereAtEveryMoment()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps the name in a file: links need a privilege there");
        RunFolder.Create(_runner.Runs, "tiny", DateTimeOffset.UnixEpoch);
        using var stop = new CancellationTokenSource();
        var gone = 0;
        var watcher = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                if (!Directory.Exists(Path.Combine(_runner.Runs, "tiny", "latest"))) gone++;
        });
        for (var i = 1; i <= 200; i++) RunFolder.Create(_runner.Runs, "tiny", DateTimeOffset.UnixEpoch.AddSeconds(i));
        stop.Cancel();
        watcher.Wait();

        Assert.Equal(0, gone);
    }

    [Fact]
    public void ResumeWorksInTheSameFolderWithTheSameOptions()
    {
        _runner.Run("--epochs 3 --seed 9");
        var first = _runner.Context.Folder.Path;

        Assert.Equal(ExitCode.Success, _runner.Run("--resume"));
        Assert.Equal((first, 3, 9), (_runner.Context.Folder.Path, _runner.Context.Epochs, _runner.Context.Seed));
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }
}
