using DeepCourse.Data;
using DeepCourse.Reporting;
using DeepCourse.Vision.Datasets;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>Results of detection as figures of a report.</summary>
public static class DetectionFigures
{
    /// <summary>One curve a class: which precision goes with which recall.</summary>
    /// <param name="precisions">What was measured.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="title">Heading.</param>
    /// <returns>A chart; classes without objects are left out.</returns>
    public static LineChart Curves(AveragePrecisions precisions, IReadOnlyList<string> classes, string title = "Precision and recall")
    {
        ArgumentNullException.ThrowIfNull(precisions);
        ArgumentNullException.ThrowIfNull(classes);
        return new(title, [.. precisions.Classes.Where(each => each.Curve.Objects > 0).Select(each => CurveOf(each, classes[each.Class]))])
        {
            XLabel = "recall",
            YLabel = "precision",
            FromZero = true,
        };
    }

    /// <summary>One row a class: how many objects, AP, and recall and precision at a score.</summary>
    /// <param name="precisions">What was measured.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="coco">COCO's scores of the same results, for a column of means over overlaps; null for none.</param>
    /// <param name="leastScore">The score from which on finds count in the columns of recall and precision.</param>
    /// <param name="title">Heading.</param>
    /// <returns>A table, its last row the means.</returns>
    public static Table ByClass(
        AveragePrecisions precisions,
        IReadOnlyList<string> classes,
        CocoScores? coco = null,
        double leastScore = 0.5,
        string title = "Average precision by class")
    {
        ArgumentNullException.ThrowIfNull(precisions);
        ArgumentNullException.ThrowIfNull(classes);
        var rows = precisions.Classes.Select(IReadOnlyList<string> (each) =>
        [
            classes[each.Class],
            $"{each.Curve.Objects}",
            Text(each.AveragePrecision),
            .. coco is null ? Array.Empty<string>() : [Text(coco.ByClass[each.Class])],
            Text(At(each.Curve, leastScore, each.Curve.Recall)),
            Text(At(each.Curve, leastScore, each.Curve.Precision)),
        ]);
        IReadOnlyList<string> means =
        [
            "mean",
            $"{precisions.Classes.Sum(each => each.Curve.Objects)}",
            Text(precisions.Mean),
            .. coco is null ? Array.Empty<string>() : [Text(coco.AveragePrecision)],
            "–",
            "–",
        ];
        return new(
            title,
            [
                "class",
                "objects",
                $"AP at {NumberText.Of(precisions.Overlap)}",
                .. coco is null ? Array.Empty<string>() : ["AP .50 to .95"],
                $"recall at {NumberText.Of(leastScore)}",
                $"precision at {NumberText.Of(leastScore)}",
            ],
            [.. rows, means]);
    }

    /// <summary>Boxes to draw over a picture: what was found in the colour of its class with its score, and what is there
    /// as dashed lines.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="truth">What is there; empty to draw only what was found.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="leastScore">Finds with less are not drawn.</param>
    /// <param name="labels">Whether class and score are written at the boxes; in a crowd they hide the picture.</param>
    /// <returns>Marks for <see cref="Picture.Boxes"/>, in pixels.</returns>
    public static IReadOnlyList<BoxMark> Marks(
        IEnumerable<DetectedObject> found,
        IEnumerable<AnnotatedObject> truth,
        IReadOnlyList<string> classes,
        double leastScore = 0.3,
        bool labels = true)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(classes);
        return
        [
            .. truth.Select(item => Mark(item.Box, MarkKind.Truth, null)),
            // The best on top.
            .. found.Where(item => item.Score >= leastScore).OrderBy(item => item.Score).Select(item =>
                Mark(item.Box, MarkKind.Prediction, labels ? $"{classes[item.Class]} {100 * item.Score:0} %" : null) with
                {
                    Colour = item.Class,
                    ColourName = classes[item.Class],
                }),
        ];
    }

    /// <summary>What was left out of a data set because something was wrong with it.</summary>
    /// <param name="skipped">The items.</param>
    /// <param name="most">How many rows the table has at most; the heading tells how many items there are.</param>
    /// <returns>A table of files and reasons.</returns>
    public static Table LeftOut(IReadOnlyList<SkippedItem> skipped, int most = 50)
    {
        ArgumentNullException.ThrowIfNull(skipped);
        return new(
            $"Left out: {skipped.Count}", ["file", "reason"],
            [.. skipped.Take(most).Select(IReadOnlyList<string> (item) => [Path.GetFileName(item.Item), item.Reason])]);
    }

    private static BoxMark Mark(PixelBox box, MarkKind kind, string? label) =>
        new(box.Left, box.Top, box.Right, box.Bottom, kind, label);

    private static Series CurveOf(ClassPrecision precision, string name)
    {
        var curve = precision.Curve;
        // From recall 0 on, at the precision of the best find.
        return new(
            $"{name} ({precision.AveragePrecision:0.000})",
            [0, .. curve.Recall],
            [curve.Envelope.Count > 0 ? curve.Envelope[0] : double.NaN, .. curve.Envelope]);
    }

    private static double At(PrecisionRecallCurve curve, double leastScore, IReadOnlyList<double> values)
    {
        var count = curve.Scores.TakeWhile(score => score >= leastScore).Count();
        return count > 0 ? values[count - 1] : ReferenceEquals(values, curve.Recall) && curve.Objects > 0 ? 0 : double.NaN;
    }

    private static string Text(double share) => double.IsNaN(share) ? "–" : $"{share:0.000}";
}
