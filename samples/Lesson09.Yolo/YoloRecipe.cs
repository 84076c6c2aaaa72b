using System.Globalization;
using DeepCourse.Lessons;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Heads;

namespace Lesson09.Yolo;

/// <summary>YOLOv3's head, coding and loss over the pretrained body.</summary>
internal static class YoloRecipe
{
    internal const string Key = "yolov3";
    internal const int AnchorsPerLevel = 3;

    private const string AnchorsNote = "anchors";

    // Half as wide as the published head, which sits on Darknet-53 and has 80 classes to tell.
    private const double Width = 0.5;

    // From the coarsest level to the finest, as the head answers.
    private static readonly int[] strides = [32, 16, 8];

    /// <summary>The recipe with the anchors that fit the training boxes.</summary>
    internal static Recipe For(AnnotatedSet set, LessonContext lesson)
    {
        var frame = Recipe.Frame(lesson, set);
        return Of(DimensionClusters.Of(Sizes(set, frame), AnchorsPerLevel * strides.Length));
    }

    /// <summary>The recipe of a saved detector; null if it is not one of this lesson's.</summary>
    internal static Recipe? Of(IReadOnlyDictionary<string, string> notes) =>
        notes[SavedDetector.RecipeNote] == Key && notes.ContainsKey(AnchorsNote) ? Of(ShapesIn(notes)) : null;

    /// <summary>The training boxes' sizes in pixels of the frame.</summary>
    internal static IReadOnlyList<AnchorShape> Sizes(AnnotatedSet set, DeepCourse.Vision.Imaging.PixelSize frame) =>
    [
        .. from i in Enumerable.Range(0, set.Training.Count)
           let image = set.Training[i]
           from item in image.Objects
           select new AnchorShape((double)item.Box.Width * frame.Width / image.Size.Width, (double)item.Box.Height * frame.Height / image.Size.Height),
    ];

    /// <summary>The anchors of a recipe, by area, from the notes it goes with.</summary>
    internal static IReadOnlyList<AnchorShape> ShapesIn(IReadOnlyDictionary<string, string> notes) =>
        [.. notes[AnchorsNote].Split(' ').Select(shape => shape.Split('x')).Select(sides => new AnchorShape(Parse(sides[0]), Parse(sides[1])))];

    private static Recipe Of(IReadOnlyList<AnchorShape> shapes)
    {
        // The largest three belong to the coarsest level.
        var grid = new AnchorGrid(
            [.. strides.Select((stride, level) => AnchorLevel.OfStride(
                stride, [.. shapes.Skip(AnchorsPerLevel * (strides.Length - 1 - level)).Take(AnchorsPerLevel)], AnchorUnit.Pixel))]);
        return new(
            Key, "YOLOv3's head", "Three anchors at each cell of strides 32, 16 and 8; each object belongs to the one anchor of its shape; a score for there being anything at all.",
            (body, classes) => new(body, null, new YoloHead(body.Levels, classes, AnchorsPerLevel, Width), new(grid, new YoloCoding(), ScoreMeaning.ObjectThenClasses)),
            _ => new YoloLoss())
        {
            Matcher = new BestShapeMatcher(),
            Notes = new Dictionary<string, string>
            {
                [AnchorsNote] = string.Join(' ', shapes.Select(shape => FormattableString.Invariant($"{shape.Width:0.##}x{shape.Height:0.##}"))),
            },
        };
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
