using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace Lesson09.SingleShot;

/// <summary>What the reader sees: what each recipe became, why the course's grids cannot, and what the best one says.</summary>
internal static class SingleShotReport
{
    internal static void Metrics(LessonContext lesson, MultiLabel labels, IReadOnlyList<RecipeResult> results)
    {
        lesson.Metric("label_accuracy", labels.Accuracy);
        lesson.Metric("label_map", labels.MeanPrecision);
        foreach (var result in results) lesson.Metric($"map50_{result.Recipe.Key}", result.Scores[0].Map50);
        DetectionReport.Metrics(lesson, results[^1]);
    }

    internal static void Write(LessonContext lesson, AnnotatedSet set, MultiLabel labels, IReadOnlyList<RecipeResult> results)
    {
        var (report, best) = (lesson.Report, results[^1]);
        DetectionReport.Head(lesson, set, best, 0.92);
        report.Summary = $"Five detectors learn {set.Title} from the same pretrained body. The course's grids were made for a few large objects; "
            + "this report shows what they miss here, and why.";
        Table(report, set, results);
        Ceiling(report, set, results);
        DetectionReport.Best(lesson, best);
        Suppression(report, set, best);
        Labels(report, set, labels);
        foreach (var result in results) DetectionReport.Training(report, result);
    }

    private static void Table(HtmlReport report, AnnotatedSet set, IReadOnlyList<RecipeResult> results)
    {
        report.Section("From sixteen anchors to none", "Every row was trained on the same pictures and is judged on the same test pictures.");
        var rows = new List<IReadOnlyList<string>>();
        foreach (var result in results)
            foreach (var scores in result.Scores)
                rows.Add([
                    result.Recipe.Title, scores.Test.Name, $"{result.Anchors:N0}", $"{result.ReachOn(scores.Test):0.0%}", $"{scores.Map50:0.000}", $"{scores.Map:0.000}",
                    .. scores.Classes.Count <= 4 ? scores.Classes.Select(each => $"{each.AveragePrecision:0.000}") : [],
                    $"{result.Seconds:0}"]);
        report.Figure(new Table(
            "“Reachable” is the share of true objects that a perfect network could find with these anchors (IoU 0.5, one object an anchor)",
            ["recipe", "test", "anchors", "reachable", "mAP@.5", "mAP@.5:.95", .. set.Classes.Count <= 4 ? set.Classes.Select(name => $"AP@.5 {name}") : [], "seconds"],
            rows));
    }

    // The same picture under each grid: the anchors, and those that were told to find something.
    private static void Ceiling(HtmlReport report, AnnotatedSet set, IReadOnlyList<RecipeResult> results)
    {
        var fullest = Enumerable.Range(0, Math.Min(40, set.Training.Count)).MaxBy(index => set.Training[index].Objects.Count);
        var image = set.Training[fullest];
        report.Section(
            "What the grids cannot do",
            $"A picture with {image.Objects.Count} objects. Dashed: the truth. Solid: the anchors that the matcher tells to find an object. "
            + "Every anchor answers for one object at most, and moves by half a cell at most.");
        var pictures = new List<Picture>();
        foreach (var result in results.Where(result => result.Recipe.Matcher is not null))
        {
            using var scope = NewDisposeScope();
            var anchors = result.Model.Reading.Grid.For(result.Pictures.Resize.Frame, CPU);
            var truth = image.Objects.Select(item => new LabeledBox(item.Class, item.Box.ToUnit(image.Size))).ToArray();
            var matches = result.Recipe.Matcher!.Of(anchors, new ObjectsBlock(set.Classes.Count).Collate([truth]));
            long[] slots = matches.Slots[0].data<long>().ToArray();
            float[] boxes = anchors.Boxes.ReadFloats();
            var matched = Enumerable.Range(0, slots.Length).Where(at => slots[at] >= 0).ToArray();
            var owned = matched.Select(at => slots[at]).Distinct().Count();
            pictures.Add(TestPictures.Marked(
                image, $"{result.Recipe.Title}: {matched.Length} anchors for {owned} of {truth.Length} objects",
                [
                    .. image.Objects.Select(item => TestPictures.Mark(item.Box, MarkKind.Truth)),
                    .. matched.Select(at => TestPictures.Mark(
                        UnitBox.FromArray(boxes.AsSpan(4 * at, 4)).Clip().ToPixels(image.Size), MarkKind.Prediction)),
                ]));
        }
        report.Images(new ImageGrid("Matched anchors", pictures) { CellWidth = 300 });
        report.Details("The anchors themselves", details => details.Images(new ImageGrid(
            "", [.. results.Select(result => AnchorsOf(result, image))])
        { CellWidth = 300 }));
    }

    private static Picture AnchorsOf(RecipeResult result, AnnotatedImage image)
    {
        var frame = result.Pictures.Resize.Frame;
        var anchors = result.Model.Reading.Grid.For(frame, CPU);
        float[] boxes = anchors.Boxes.ReadFloats();
        var first = 0;
        var marks = new List<BoxMark>();
        foreach (var level in anchors.Levels)
        {
            // All anchors of the middle cell of every level; the other cells have the same around their own middles.
            var anchorsOfCell = level.PerCell;
            var middle = first + (((level.Rows / 2 * level.Columns) + (level.Columns / 2)) * anchorsOfCell);
            for (var at = middle; at < middle + anchorsOfCell; at++)
                marks.Add(TestPictures.Mark(UnitBox.FromArray(boxes.AsSpan(4 * at, 4)).Clip().ToPixels(image.Size), MarkKind.Prediction));
            first += level.Count;
        }
        var grids = string.Join(", ", anchors.Levels.Select(level => $"{level.Columns} × {level.Rows} × {level.PerCell}"));
        return TestPictures.Marked(image, $"{result.Recipe.Title}: cells × anchors {grids}; shown are those of one cell a level", marks);
    }

    private static void Suppression(HtmlReport report, AnnotatedSet set, RecipeResult best)
    {
        var test = set.Tests[0].Images;
        var index = Enumerable.Range(0, test.Count).MaxBy(each => test[each].Objects.Count);
        var image = test[index];
        var (detector, picture) = (best.Detector, ImageReader.Read(image.Path));
        detector.Filter = new() { LeastScore = TestPictures.LeastScore, Overlap = 1, Most = 1000 };
        var before = detector.Predict(picture);
        detector.Filter = new() { LeastScore = TestPictures.LeastScore };
        var after = detector.Predict(picture);
        report.Section("Non-maximum suppression", $"Several cells find the same object; the best keeps it. Only finds with a score of {TestPictures.LeastScore:0.0} or more are drawn.");
        report.Images(new ImageGrid("", [Drawn("before", image, before), Drawn("after", image, after)]) { CellWidth = 420 });
    }

    private static Picture Drawn(string when, AnnotatedImage image, IReadOnlyList<DetectedObject> found) =>
        TestPictures.Marked(image, $"{when}: {found.Count} boxes", found.Select(item => TestPictures.Mark(item.Box, MarkKind.Prediction)));

    private static void Labels(HtmlReport report, AnnotatedSet set, MultiLabel labels)
    {
        report.Section(
            "Which kinds are in the picture?",
            $"The course's warm-up: a sigmoid for each kind. {labels.Accuracy:0.0%} of the answers are right at a threshold of {MultiLabel.Threshold}; mean average precision over kinds {labels.MeanPrecision:0.000}.");
        var rows = new List<IReadOnlyList<string>>();
        for (var kind = 0; kind < set.Classes.Count; kind++)
        {
            var present = labels.Answers.Count(answer => answer.Truth[kind]);
            var right = labels.Answers.Count(answer => answer.Probabilities[kind] > MultiLabel.Threshold == answer.Truth[kind]);
            rows.Add([set.Classes[kind], $"{present} of {labels.Answers.Count}", $"{(double)right / labels.Answers.Count:0.0%}", $"{(double)Math.Max(present, labels.Answers.Count - present) / labels.Answers.Count:0.0%}"]);
        }
        report.Figure(new Table("", ["kind", "test pictures with it", "right", "always the same answer"], rows));
    }
}
