using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Interpretation;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>Which classes are taken for which, with the background as one more class: objects that were missed are taken
/// for it, and it is taken for what was found where nothing is.</summary>
public static class DetectionConfusion
{
    /// <summary>The name of the class of places without an object.</summary>
    public const string Background = "background";

    /// <summary>Counts pairs of classes.</summary>
    /// <param name="results">What was found, and what is there.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="leastScore">Finds with less are left out.</param>
    /// <param name="overlap">The intersection over union from which on a find is of an object, whatever their
    /// classes.</param>
    /// <returns>A table whose last class is the background.</returns>
    /// <remarks>Pairs of finds and objects are joined from the largest overlap down, each once. Finds on difficult objects
    /// and in crowds are left out, and so are those objects.</remarks>
    public static ConfusionMatrix Of(
        DetectionResults results, IReadOnlyList<string> classes, double leastScore = 0.5, double overlap = 0.5)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(classes);
        var counts = new long[classes.Count + 1, classes.Count + 1];
        foreach (var picture in results.Pictures)
            foreach (var (actual, predicted) in Pairs(picture, leastScore, overlap))
                counts[actual?.Class ?? classes.Count, predicted?.Class ?? classes.Count]++;
        return new([.. classes, Background], counts);
    }

    /// <summary>The pictures with the most mistakes: objects missed or named wrongly, and finds where nothing is.</summary>
    /// <param name="results">What was found, and what is there.</param>
    /// <param name="most">How many pictures to list at most.</param>
    /// <param name="leastScore">Finds with less are left out.</param>
    /// <param name="overlap">The intersection over union from which on a find is of an object.</param>
    /// <returns>Pictures with at least one mistake, the worst first.</returns>
    public static IReadOnlyList<PictureMistakes> Worst(
        DetectionResults results, int most = 12, double leastScore = 0.5, double overlap = 0.5)
    {
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. results.Pictures.Index().Select(each => Mistakes(each.Index, [.. Pairs(each.Item, leastScore, overlap)]))
                .Where(mistakes => mistakes.Count > 0)
                .OrderByDescending(mistakes => mistakes.Count)
                .Take(most),
        ];
    }

    /// <summary>Finds and objects that belong together; one of both is null where nothing does.</summary>
    internal static IEnumerable<(AnnotatedObject? Actual, DetectedObject? Predicted)> Pairs(
        PictureResult picture, double leastScore, double overlap)
    {
        var found = picture.Found.Where(find => find.Score >= leastScore).ToList();
        var truth = picture.Truth;
        var (foundTaken, truthTaken) = (new bool[found.Count], new bool[truth.Count]);
        var meetings = from f in Enumerable.Range(0, found.Count)
                       from t in Enumerable.Range(0, truth.Count)
                       where !IsLeftOut(truth[t])
                       let share = BoxOverlap.IntersectionOverUnion(found[f].Box, truth[t].Box)
                       where share >= overlap
                       orderby share descending
                       select (f, t);
        foreach (var (f, t) in meetings)
        {
            if (foundTaken[f] || truthTaken[t]) continue;
            (foundTaken[f], truthTaken[t]) = (true, true);
            yield return (truth[t], found[f]);
        }
        for (var t = 0; t < truth.Count; t++)
            if (!truthTaken[t] && !IsLeftOut(truth[t])) yield return (truth[t], null);
        for (var f = 0; f < found.Count; f++)
            if (!foundTaken[f] && !truth.Any(item => IsLeftOut(item) && Covers(item, found[f], overlap))) yield return (null, found[f]);
    }

    private static PictureMistakes Mistakes(int picture, (AnnotatedObject? Actual, DetectedObject? Predicted)[] pairs) => new(
        picture,
        pairs.Count(pair => pair.Predicted is null),
        pairs.Count(pair => pair.Actual is null),
        pairs.Count(pair => pair.Actual is { } actual && pair.Predicted is { } predicted && actual.Class != predicted.Class));

    private static bool IsLeftOut(AnnotatedObject item) => item.IsDifficult || item.IsCrowd;

    private static bool Covers(AnnotatedObject item, DetectedObject found, double overlap) => overlap <= (item.IsCrowd
        ? BoxOverlap.ShareInside(found.Box, item.Box)
        : BoxOverlap.IntersectionOverUnion(found.Box, item.Box));
}
