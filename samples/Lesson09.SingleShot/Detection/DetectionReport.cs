using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Vision.Detection.Evaluation;

namespace Lesson09;

/// <summary>The parts of the report that both lessons of detection have.</summary>
internal static class DetectionReport
{
    /// <summary>The numbers of the lesson's best detector.</summary>
    internal static void Metrics(LessonContext lesson, RecipeResult best)
    {
        foreach (var scores in best.Scores)
        {
            var half = scores == best.Scores[0] ? "" : scores.Test.Name + "_";
            lesson.Metric(half + "map50", scores.Map50);
            lesson.Metric(half + "map50_95", scores.Map);
            foreach (var each in scores.Classes)
                if (double.IsFinite(each.AveragePrecision))
                    lesson.Metric($"{half}ap50_{scores.Test.Images.Classes[each.Class].ToLowerInvariant().Replace(' ', '_')}", each.AveragePrecision);
        }
    }

    /// <summary>Facts and cards at the top.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="set">Its pictures.</param>
    /// <param name="best">Its best detector.</param>
    /// <param name="bar">What mAP@.5 should be reached on blood cells.</param>
    internal static void Head(LessonContext lesson, AnnotatedSet set, RecipeResult best, double bar)
    {
        var report = lesson.Report;
        if (set.IsSynthetic)
        {
            report.Title += " (synthetic data)";
            report.Notice = "The pictures are drawn shapes. Photographs were not used, so the figures say nothing about real pictures.";
        }
        var frame = best.Pictures.Resize.Frame;
        report.Fact("data", set.Title).Fact("pictures", $"{set.Training.Count} to learn from, {string.Join(" + ", set.Tests.Select(test => test.Images.Count))} to test")
            .Fact("frame", $"{frame.Width} × {frame.Height}").Fact("epochs", $"{lesson.Epochs}").Fact("device", $"{lesson.Device}");
        double? expected = lesson.Smoke ? null : set.IsBloodCells ? bar : lesson.Data == "scenes" ? 0.6 : null;
        foreach (var scores in best.Scores)
        {
            report.Metric(new MetricCard($"mAP@.5, {scores.Test.Name}", scores.Map50, scores == best.Scores[0] ? expected : null) { Format = "0.000", Note = scores.Test.Question });
            report.Metric(new MetricCard($"mAP@.5:.95, {scores.Test.Name}", scores.Map) { Format = "0.000", Note = "the mean over ten overlaps" });
        }
        var skipped = set.Skipped.ToArray();
        if (skipped.Length > 0) report.Details($"{skipped.Length} annotations were left out", details => details.Figure(DetectionFigures.LeftOut(skipped)));
    }

    /// <summary>What the best detector says about test pictures.</summary>
    internal static void Best(LessonContext lesson, RecipeResult best)
    {
        foreach (var scores in best.Scores)
        {
            var name = best.Scores.Count > 1 ? $", {scores.Test.Name}" : "";
            var classes = scores.Test.Images.Classes;
            lesson.Report.Section(
                $"{best.Recipe.Title}: what it finds{name}",
                $"{best.Recipe.Lead} Finds with a score of {TestPictures.LeastScore:0.0} or more are drawn in the colour of their class, what is marked in the data dashed.");
            lesson.Report.Images(TestPictures.First(scores));
            lesson.Report.Details("The twelve worst", details => details.Images(TestPictures.Worst(scores)));
            lesson.Report.Columns(
                DetectionFigures.Curves(scores.At50, classes, "Precision over recall at IoU 0.5"),
                DetectionConfusion.Of(scores.Results, classes, TestPictures.LeastScore).ToFigure($"What is taken for what, from a score of {TestPictures.LeastScore:0.0} on"));
            lesson.Report.Figure(DetectionFigures.ByClass(scores.At50, classes, scores.Coco, TestPictures.LeastScore));
        }
    }

    /// <summary>How a recipe was trained.</summary>
    internal static void Training(HtmlReport report, RecipeResult result) => report.Details($"How it was trained: {result.Recipe.Title}", details =>
    {
        details.Text(result.Recipe.Lead);
        details.Columns(result.History.LossChart("Loss"), result.History.RateChart("Learning rate"), result.History.MetricChart("mAP@.5 on the test pictures", "map50"));
    });
}
