using System.Diagnostics;
using System.Text.Json;
using DeepCourse.Lessons;

namespace DeepCourse.Tests.Lessons;

/// <summary>Every lesson's program, as its users start it, on generated data.</summary>
public sealed class SmokeTests : IDisposable
{
    private readonly string _runs = Directory.CreateTempSubdirectory("deepcourse-smoke-").FullName;

    public void Dispose() => Directory.Delete(_runs, recursive: true);

    [Theory]
    [InlineData("Lesson08.LargestObject", "class_accuracy", "mean_iou", "unseen_class_accuracy", "unseen_mean_iou", "classifier_only_accuracy", "box_only_mean_iou", "seconds")]
    public void LessonRunsAndReports(string sample, params string[] metrics)
    {
        var (code, said) = Start(sample, "--smoke", "--device", "cpu", "--out", _runs);

        Assert.True(code == ExitCode.Success, said);
        var latest = Path.Combine(_runs, SampleProject.Of(sample).Lesson, "latest");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(latest, "metrics.json")));
        Assert.All(metrics, name => Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).ValueKind));
        Assert.Contains("data:image/", File.ReadAllText(Path.Combine(latest, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void UsageErrorOfAProgramExitsWith2()
    {
        var (code, said) = Start("Lesson08.LargestObject", "--epochs", "0", "--out", _runs);

        Assert.Equal(ExitCode.Usage, code);
        Assert.StartsWith("error: ", said, StringComparison.Ordinal);
    }

    private static (int Code, string Said) Start(string sample, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, sample + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(4)), "still running after four minutes");
        return (process.ExitCode, errors.Result + output.Result);
    }
}
