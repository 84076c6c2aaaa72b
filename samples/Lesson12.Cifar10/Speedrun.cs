using System.Globalization;
using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Training.Ablation;

namespace Lesson12;

/// <summary>The record's recipe, run after run: nothing is looked at on the way, the first run warms up.</summary>
internal static class Speedrun
{
    private const int RunsOnGpu = 10;

    internal static void Run(LessonContext lesson)
    {
        if (lesson.Options.Resume is not null) throw new UsageException("--resume: a --speedrun is timed as a whole and begins anew; leave out one of them");
        var recipe = Choices.Recipe(lesson) with { SmallShare = 0, Views = "moved", Validates = false };
        using var data = PictureData.Load(lesson);
        var onGpu = lesson.Device.type != DeviceType.CPU;
        var runs = lesson.Value(Choices.Runs) is > 0 and var given ? given : lesson.Smoke ? 2 : onGpu ? RunsOnGpu : 1;
        // On a GPU the first run chooses algorithms and fills caches; on a CPU it would cost as much as all others.
        if (onGpu) Once(-1).Dispose();
        var results = new List<(double Accuracy, double Plain, double Seconds, double TestSeconds)>();
        for (var run = 0; run < runs; run++)
        {
            lesson.Stage($"run {run + 1} of {runs}");
            using var result = Once(run);
            results.Add((result.Judgement.Accuracy, result.Judgement.PlainAccuracy, result.Seconds, result.Judgement.Seconds));
            lesson.Console.Say($"accuracy {result.Judgement.Accuracy:0.00%}, {result.Seconds:0.00} s");
        }
        lesson.Metric("mean_accuracy", results.Average(result => result.Accuracy));
        lesson.Metric("mean_seconds", results.Average(result => result.Seconds));
        lesson.Metric("runs", runs);
        lesson.Metric("images_per_second", recipe.Epochs * (double)data.Training.Count * runs / results.Sum(result => result.Seconds));
        Write(lesson, data, recipe, results);

        TrainingResult Once(int run) => Training.Train(lesson, data, recipe with { Seed = 1000 * (run + 1), Key = $"run{run}" });
    }

    private static void Write(LessonContext lesson, PictureData data, Recipe recipe, List<(double Accuracy, double Plain, double Seconds, double TestSeconds)> results)
    {
        var accuracy = new Spread([.. results.Select(result => result.Accuracy)]);
        var seconds = new Spread([.. results.Select(result => result.Seconds)]);
        var report = lesson.Report;
        if (data.IsSynthetic) report.Notice = "The pictures are painted patterns: the figures say nothing about photographs.";
        report.Summary = $"{recipe.Network.Title}, {results.Count} times on {data.Title}: {accuracy.Mean:0.00%}{Around(accuracy, "0.00%")} in {seconds.Mean:0.00}{Around(seconds, "0.00")} seconds.";
        report.Fact("data", data.Title).Fact("batch", $"{recipe.BatchSize}").Fact("epochs", $"{recipe.Epochs}").Fact("width", $"{recipe.Width}").Fact("device", $"{lesson.Device}, {lesson.Options.Precision}");
        report.Metric(new MetricCard("mean accuracy", accuracy.Mean) { Format = "0.00%" });
        report.Metric(new MetricCard("mean seconds", seconds.Mean) { Format = "0.00", HigherIsBetter = false, Note = "from random weights to the last step, whitening included" });
        report.Figure(new Table(
            "The runs", ["run", "accuracy", "without views", "training, s", "test with all views, s"],
            [.. results.Select((result, index) => (IReadOnlyList<string>)[$"{index + 1}", $"{result.Accuracy:0.00%}", $"{result.Plain:0.00%}", $"{result.Seconds:0.00}", $"{result.TestSeconds:0.00}"])]));
        CifarReport.Tricks(report, recipe);
        report.Figure(Published.ToFigure());
    }

    // One run has no spread.
    private static string Around(Spread values, string format) => values.Count < 2 ? "" : " ± " + values.StandardDeviation.ToString(format, CultureInfo.InvariantCulture);
}
