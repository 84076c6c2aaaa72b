using System.Text.Json;
using DeepCourse.Lessons;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Lessons;

/// <summary>Every lesson's program, as its users start it, on generated data.</summary>
public sealed class SmokeTests : IDisposable
{
    private readonly string _runs = Directory.CreateTempSubdirectory("deepcourse-smoke-").FullName;

    public void Dispose() => Directory.Delete(_runs, recursive: true);

    [Theory]
    [InlineData("Lesson08.LargestObject", "class_accuracy", "mean_iou", "unseen_class_accuracy", "unseen_mean_iou", "classifier_only_accuracy", "box_only_mean_iou", "seconds")]
    [InlineData("Lesson09.SingleShot", "map50", "map50_95", "map50_16", "map50_189", "map50_focal", "map50_ssd", "map50_anchor_free", "label_map", "seconds")]
    [InlineData("Lesson09.Yolo", "map50", "map50_95", "seconds")]
    [InlineData("Lesson10.Ulmfit", "accuracy_pretrained_100", "accuracy_scratch_100", "accuracy_tfidf_100", "lm_perplexity", "seconds")]
    [InlineData("Lesson12.Cifar10", "test_accuracy", "images_per_second", "seconds")]
    public void LessonRunsAndReports(string sample, params string[] metrics)
    {
        var (code, said) = SampleProject.Start(sample, "--smoke", "--device", "cpu", "--out", _runs);

        Assert.True(code == ExitCode.Success, said);
        var latest = Path.Combine(_runs, SampleProject.Of(sample).Lesson, "latest");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(latest, "metrics.json")));
        Assert.All(metrics, name => Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).ValueKind));
        Assert.Matches("data:image/|<svg", File.ReadAllText(Path.Combine(latest, "report.html")));
    }

    [Fact]
    public void DetectPassesOverABrokenPicture()
    {
        var pictures = Directory.CreateDirectory(Path.Combine(_runs, "pictures")).FullName;
        File.WriteAllBytes(Path.Combine(pictures, "broken.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        File.WriteAllText(Path.Combine(pictures, "text.png"), "no picture at all");
        var grey = new Image(64, 48, 3, Enumerable.Repeat((byte)128, 64 * 48 * 3).ToArray());
        grey.Save(Path.Combine(pictures, "grey.png"));

        var (code, said) = SampleProject.Start("Lesson09.SingleShot", "detect", "--input", pictures, "--device", "cpu", "--out", _runs);

        Assert.True(code == ExitCode.Success, said);
        Assert.Contains("broken.jpg", said, StringComparison.Ordinal);
        Assert.Contains("text.png", said, StringComparison.Ordinal);
        var latest = Path.Combine(_runs, "lesson09-detect", "latest");
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(latest, "metrics.json")));
        Assert.Equal(1, metrics.RootElement.GetProperty("pictures").GetInt32());
        Assert.Equal(2, metrics.RootElement.GetProperty("broken_pictures").GetInt32());
        using var found = JsonDocument.Parse(File.ReadAllText(Path.Combine(latest, "detections.json")));
        Assert.Equal(JsonValueKind.Array, found.RootElement.ValueKind);
        Assert.Equal(["grey.jpg"], Directory.EnumerateFiles(Path.Combine(latest, "pictures")).Select(Path.GetFileName));
    }

    [Fact]
    public void DetectWithoutPicturesIsAUsageError()
    {
        var (code, said) = SampleProject.Start("Lesson09.SingleShot", "detect", "--input", Path.Combine(_runs, "nowhere"), "--out", _runs);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("nowhere", said, StringComparison.Ordinal);
    }

    [Fact]
    public void UsageErrorOfAProgramExitsWith2()
    {
        var (code, said) = SampleProject.Start("Lesson08.LargestObject", "--epochs", "0", "--out", _runs);

        Assert.Equal(ExitCode.Usage, code);
        Assert.StartsWith("error: ", said, StringComparison.Ordinal);
    }
}
