using DeepCourse.Reporting;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;

namespace Lesson09;

/// <summary>Pictures with boxes over them, for the reports of both lessons.</summary>
internal static class TestPictures
{
    internal const int Shown = 12;

    /// <summary>From what score on a find is drawn, and counts as said.</summary>
    internal const double LeastScore = 0.4;

    // With more boxes than this, labels would hide the picture; colours tell the classes.
    private const int MostLabels = 8;

    /// <summary>The first test pictures, with what was found and what is there.</summary>
    internal static ImageGrid First(TestScores scores) => Grid("", scores, Enumerable.Range(0, Math.Min(Shown, scores.Results.Count)));

    /// <summary>The pictures with the most mistakes.</summary>
    internal static ImageGrid Worst(TestScores scores) =>
        Grid("", scores, DetectionConfusion.Worst(scores.Results, Shown, LeastScore).Select(mistakes => mistakes.Picture));

    /// <summary>A picture with any boxes over it.</summary>
    internal static Picture Marked(AnnotatedImage image, string caption, IEnumerable<BoxMark> boxes) =>
        new(File.ReadAllBytes(image.Path), Path.GetFileName(image.Path)) { Caption = caption, Boxes = [.. boxes] };

    internal static BoxMark Mark(PixelBox box, MarkKind kind, string? label = null) => new(box.Left, box.Top, box.Right, box.Bottom, kind, label);

    private static ImageGrid Grid(string title, TestScores scores, IEnumerable<int> pictures)
    {
        var mistakes = DetectionConfusion.Worst(scores.Results, int.MaxValue, LeastScore).ToDictionary(each => each.Picture);
        return new(title, [.. pictures.Select(index => Show(scores, index, mistakes.GetValueOrDefault(index)))]) { CellWidth = 300 };
    }

    private static Picture Show(TestScores scores, int index, PictureMistakes? mistakes)
    {
        var (image, result) = (scores.Test.Images[index], scores.Results.Pictures[index]);
        var found = result.Found.Count(item => item.Score >= LeastScore);
        var caption = $"{found} found of {result.Truth.Count}" + (mistakes is null ? "" : $" · {mistakes.Missed} missed · {mistakes.Invented} where nothing is marked · {mistakes.Confused} named wrongly");
        return Marked(
            image, caption, DetectionFigures.Marks(result.Found, result.Truth, scores.Test.Images.Classes, LeastScore, labels: found <= MostLabels)) with
        {
            Correct = mistakes is null,
        };
    }
}
