using System.Text.RegularExpressions;
using DeepCourse.Training.Ablation;

namespace DeepCourse.Lessons;

/// <summary>Runs the studies of lessons: resumable, told on the console, shown in the report.</summary>
public static partial class LessonStudy
{
    private const string File = "study.csv";
    private const string Page = "study.md";

    /// <summary>Runs a study into <c>study.csv</c> of the run folder. <c>--resume</c> goes on after the last run that ended,
    /// and tries failed ones again. Tables and figures go into the report, the tables also into <c>study.md</c>,
    /// means into metrics.json.</summary>
    /// <typeparam name="TRecipe">What describes a training.</typeparam>
    /// <param name="lesson">The lesson.</param>
    /// <param name="study">The study; the lesson's data, epochs and size join its settings.</param>
    /// <param name="measure">Trains by a recipe with a seed, which is to be added to the lesson's, and gives the metrics.</param>
    /// <returns>Everything measured.</returns>
    /// <exception cref="InvalidOperationException">Some runs failed; the report says which.</exception>
    public static AblationResults Study<TRecipe>(
        this LessonContext lesson, Ablation<TRecipe> study, Func<AblationRun<TRecipe>, IReadOnlyDictionary<string, double>> measure)
    {
        var settings = new Dictionary<string, string>
        {
            ["data"] = lesson.Data,
            ["epochs"] = $"{lesson.Epochs}",
            ["size"] = $"{lesson.Size}",
        };
        foreach (var (name, value) in study.Settings) settings[name] = value;
        var results = (study with { Settings = settings }).Run(
            lesson.Folder.File(File), (run, _) => measure(run), new Remarks(lesson.Console), lesson.Cancellation);
        foreach (var trial in results.Trials)
            foreach (var metric in results.Metrics)
                if (results.Of(trial, metric.Name) is { Count: > 0 } spread) lesson.Metric($"{Key(trial)}_{Key(metric.Name)}", spread.Mean);
        lesson.Folder.Write(Page, string.Join('\n', results.Metrics.Select(metric => $"{metric.Title}\n\n{results.ToMarkdown(metric.Name)}")));
        Introduce(lesson, results, settings);
        lesson.Report
            .Section("Study", "One thing changed at a time, every recipe with the same seeds. A difference is noise unless chance alone would hardly give it.")
            .Ablation(results);
        if (results.Failures is [var first, ..])
        {
            // The host writes no report where a lesson throws.
            lesson.Folder.Write("report.html", lesson.Report.ToHtml());
            throw new InvalidOperationException(
                $"{results.Failures.Count} of the study's runs failed, the others are in {File}; --resume tries them again. The first: {first.Trial}, seed {first.Seed}: {first.Cause.Message}", first.Cause);
        }
        return results;
    }

    private static void Introduce(LessonContext lesson, AblationResults results, Dictionary<string, string> settings)
    {
        var (report, seeds) = (lesson.Report, results.Lines.Select(line => line.Seed).Distinct().Count());
        if (lesson.Smoke) report.Notice = "A run on generated data: the figures say nothing.";
        if (report.Summary.Length == 0) report.Summary = $"{results.Trials.Count} recipes, {seeds} seeds each: what makes a difference, and what is noise.";
        foreach (var (name, value) in settings) report.Fact(name, value);
        report.Fact("runs", $"{results.Lines.Count}").Fact("hours", $"{results.Lines.Sum(line => line.Seconds) / 3600:0.0}")
            .Fact("device", $"{lesson.Device}, {lesson.Options.Precision}");
    }

    private static string Key(string name) => Others().Replace(name, "_").Trim('_').ToLowerInvariant();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Others();

    private sealed class Remarks(LessonConsole console) : IProgress<AblationProgress>
    {
        public void Report(AblationProgress value)
        {
            var run = $"run {value.Number} of {value.Count} ({value.Trial}, seed {value.Seed})";
            if (value.State == RunState.Begun) console.Heading(run);
            else if (value.Failure is { } failure) console.Warn($"{run} failed: {failure.Message}");
        }
    }
}
