using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Vision.Interpretation;

namespace Lesson08.LargestObject;

/// <summary>What the reader sees: how good each stage became, how it learned, and what it says about pictures.</summary>
internal static class LessonReport
{
    private const int PicturesShown = 12;

    internal static void Write(LessonContext lesson, PictureData data, StageResult what, StageResult where, StageResult both)
    {
        var report = lesson.Report;
        if (data.IsSynthetic)
        {
            report.Title += " (synthetic data)";
            report.Notice = "The pictures are drawn shapes. Photographs and rendered objects were not used, so the figures say nothing about real pictures.";
        }
        report.Summary = $"Three models look at {data.Title}: one names the largest object, one boxes it, one does both. "
            + "All three stand on the same pretrained body and have the same head; the joint model trains as long as the two single ones together.";
        report.Fact("data", data.Title).Fact("classes", $"{data.Classes.Count}").Fact("picture side", $"{lesson.Size} px")
            .Fact("epochs", $"{lesson.Epochs} + {lesson.Epochs}, joint {2 * lesson.Epochs}").Fact("device", $"{lesson.Device}");
        Cards(lesson, both);
        Comparison(report, what, where, both);
        foreach (var result in new[] { both, what, where }) StageSection(report, data, result);
    }

    internal static void Metrics(LessonContext lesson, StageResult what, StageResult where, StageResult both)
    {
        foreach (var (result, name) in new[] { (both, ""), (what, "classifier_only_"), (where, "box_only_") })
            foreach (var judgement in result.Halves)
            {
                var half = judgement == result.Halves[0] ? "" : judgement.Half.Name + "_";
                if (result.Stage.AsksWhat) lesson.Metric(half + name + (name.Length == 0 ? "class_accuracy" : "accuracy"), judgement.ClassAccuracy);
                if (result.Stage.AsksWhere) lesson.Metric(half + name + "mean_iou", judgement.MeanIoU);
            }
    }

    private static void Cards(LessonContext lesson, StageResult both)
    {
        // The bars were set for scenes, by a plain PyTorch run of the course's recipe; other data has none.
        var bars = lesson.Smoke || lesson.Data != "scenes" ? [] : new (double Class, double IoU)[] { (0.75, 0.68), (0.45, 0.65) };
        for (var i = 0; i < both.Halves.Count; i++)
        {
            var judgement = both.Halves[i];
            lesson.Report.Metric(new MetricCard($"class accuracy, {judgement.Half.Name}", judgement.ClassAccuracy, i < bars.Length ? bars[i].Class : null)
            {
                Format = "0.0%",
                Note = judgement.Half.Question,
            });
            lesson.Report.Metric(new MetricCard($"mean IoU, {judgement.Half.Name}", judgement.MeanIoU, i < bars.Length ? bars[i].IoU : null)
            {
                Format = "0.000",
                Note = judgement.Half.Question,
            });
        }
    }

    private static void Comparison(HtmlReport report, StageResult what, StageResult where, StageResult both)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var result in new[] { what, where, both })
            foreach (var judgement in result.Halves)
                rows.Add([
                    result.Stage.Title, judgement.Half.Name,
                    result.Stage.AsksWhat ? $"{judgement.ClassAccuracy:0.0%}" : "–",
                    result.Stage.AsksWhere ? $"{judgement.MeanIoU:0.000}" : "–",
                    result.Stage.AsksWhere ? $"{judgement.Found:0.0%}" : "–",
                    $"{result.Seconds:0}"]);
        var first = (What: what.Halves[0], Where: where.Halves[0], Both: both.Halves[0]);
        var verdict = $"On {first.Both.Half.Name} pictures the joint model names {first.Both.ClassAccuracy:0.0%} "
            + $"({Signed(100 * (first.Both.ClassAccuracy - first.What.ClassAccuracy))} points against the classifier alone) and boxes with a mean IoU of "
            + $"{first.Both.MeanIoU:0.000} ({Signed(first.Both.MeanIoU - first.Where.MeanIoU, "0.000")} against the box model alone). "
            + $"One run and {first.Both.Verdicts.Count} pictures: differences under {100 * Noise(first.Both):0.0} points of accuracy are noise.";
        report.Section("Is one model for both better than two?", verdict);
        report.Figure(new Table("", ["stage", "validation", "class accuracy", "mean IoU", "found (IoU ≥ 0.5)", "seconds"], rows));
    }

    private static void StageSection(HtmlReport report, PictureData data, StageResult result)
    {
        report.Section(result.Stage.Title, result.Stage.Lead);
        report.Columns(result.All.LossChart(), result.All.MetricChart("Validation, epoch by epoch"));
        report.Details("How it was trained: rate finder, schedules, the frozen stage", details =>
        {
            foreach (var search in result.Head.Searches.Take(1))
                details.Columns(RateFinderChart.Of("Rate finder (head alone)", search.Rates, search.Losses, search.Valley), result.Head.LossChart("Loss, head alone"));
            details.Columns(result.Head.RateChart("Learning rate, head alone"), result.All.RateChart("Learning rate, all layers"));
        });
        foreach (var judgement in result.Halves)
        {
            report.Images(Grid($"Validation pictures: {judgement.Half.Question}", result.Stage, data, judgement.Verdicts.Take(PicturesShown)));
            report.Details($"The twelve worst: {judgement.Half.Question}", details =>
                details.Images(Grid("", result.Stage, data, judgement.Verdicts.OrderByDescending(verdict => result.Stage.LossOf(verdict)).Take(PicturesShown))));
        }
        if (!result.Stage.AsksWhat) return;
        var seen = result.Halves[0].Verdicts;
        report.Details("Confusion matrix", details => details.Figure(ConfusionMatrix.Of(
            data.Classes, [.. seen.Select(verdict => verdict.Actual)], [.. seen.Select(verdict => verdict.Predicted)]).ToFigure()));
    }

    private static ImageGrid Grid(string title, Stage stage, PictureData data, IEnumerable<Verdict> verdicts) =>
        new(title, [.. verdicts.Select(verdict => Show(stage, data, verdict))]);

    private static Picture Show(Stage stage, PictureData data, Verdict verdict)
    {
        var truth = verdict.Item.Object;
        var picture = new Picture(File.ReadAllBytes(verdict.Item.Path), $"a picture whose largest object is a {truth.Class}");
        var boxes = new List<BoxMark> { Mark(picture, truth.Box, MarkKind.Truth) };
        if (stage.AsksWhere) boxes.Add(Mark(picture, verdict.Box, verdict.IoU >= 0.5 ? MarkKind.Prediction : MarkKind.Mistake));
        var right = verdict.Actual == verdict.Predicted;
        var said = stage.AsksWhat ? $"{data.Classes[verdict.Predicted]} {verdict.Confidence:0%}" + (right ? "" : $", not {truth.Class}") : truth.Class;
        return picture with
        {
            Boxes = boxes,
            Caption = stage.AsksWhere ? $"{said} · IoU {verdict.IoU:0.00}" : said,
            Correct = (!stage.AsksWhat || right) && (!stage.AsksWhere || verdict.IoU >= 0.5),
        };
    }

    private static BoxMark Mark(Picture picture, DeepCourse.Vision.Detection.UnitBox box, MarkKind kind) => new(
        box.Left * picture.Width, box.Top * picture.Height, box.Right * picture.Width, box.Bottom * picture.Height, kind);

    // Two standard deviations of the difference of two shares that were measured on the same number of pictures.
    private static double Noise(Judgement judgement) =>
        2 * Math.Sqrt(2 * judgement.ClassAccuracy * (1 - judgement.ClassAccuracy) / judgement.Verdicts.Count);

    private static string Signed(double value, string format = "0.0") => (value < 0 ? "−" : "+") + Math.Abs(value).ToString(format);
}
