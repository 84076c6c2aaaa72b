using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Vision.Detection;

namespace Lesson09.Yolo;

/// <summary>What the reader sees: the anchors and how well they fit, and what the detector finds.</summary>
internal static class YoloReport
{
    private const double Bar = 0.85;

    internal static void Write(LessonContext lesson, AnnotatedSet set, RecipeResult result)
    {
        DetectionReport.Head(lesson, set, result, Bar);
        lesson.Report.Summary = $"YOLOv3's head and loss learn {set.Title}, on the body that all detectors of this lesson share.";
        Table(lesson.Report, result);
        Anchors(lesson.Report, set, result);
        DetectionReport.Best(lesson, result);
        DetectionReport.Training(lesson.Report, result);
    }

    private static void Table(HtmlReport report, RecipeResult result)
    {
        var classes = result.Classes.Count <= 4 ? result.Classes : [];
        report.Section("How good it became").Figure(new Table(
            "", ["test", "anchors", "reachable", "mAP@.5", "mAP@.5:.95", .. classes.Select(name => $"AP@.5 {name}"), "seconds"],
            [
                .. result.Scores.Select(scores => (IReadOnlyList<string>)
                [
                    scores.Test.Name, $"{result.Anchors:N0}", $"{result.ReachOn(scores.Test):0.0%}", $"{scores.Map50:0.000}", $"{scores.Map:0.000}",
                    .. scores.Classes.Take(classes.Count).Select(each => $"{each.AveragePrecision:0.000}"), $"{result.Seconds:0}",
                ]),
            ]));
    }

    private static void Anchors(HtmlReport report, AnnotatedSet set, RecipeResult result)
    {
        var (sizes, shapes) = (YoloRecipe.Sizes(set, result.Pictures.Resize.Frame), YoloRecipe.ShapesIn(result.Recipe.Notes));
        AnchorShape[] published = [.. AnchorGrid.Yolo().Levels.SelectMany(level => level.Shapes)];
        report.Section(
            "Anchors out of the data",
            $"Clusters of the training boxes' sizes, in pixels of the frame. A box overlaps the best of them by {DimensionClusters.Fit(sizes, shapes):0.00} on average; "
            + $"the nine that were published for COCO would give {DimensionClusters.Fit(sizes, published):0.00}.");
        report.Figure(new Table("", ["stride", "anchors (width × height)"],
        [
            .. new[] { 8, 16, 32 }.Select((stride, level) => (IReadOnlyList<string>)
            [
                $"{stride}", string.Join(", ", shapes.Skip(level * YoloRecipe.AnchorsPerLevel).Take(YoloRecipe.AnchorsPerLevel).Select(shape => $"{shape.Width:0} × {shape.Height:0}")),
            ]),
        ]));
    }
}
