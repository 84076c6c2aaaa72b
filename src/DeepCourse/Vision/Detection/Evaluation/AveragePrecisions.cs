using DeepCourse.Vision.Detection.Suppression;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>Average precision of each class and its mean, as Pascal VOC defines it.</summary>
/// <remarks>
/// Finds of a class go from the highest score down, over all pictures. Each looks for the object of its class that it
/// overlaps most; if the overlap reaches the threshold it is right, unless a find with a higher score had that object
/// already. Finds whose object is difficult or a crowd count neither as right nor as wrong, and such objects need not be
/// found. Everingham et al. 2010, section 4.2.2, and the challenge's development kit.
/// </remarks>
public sealed class AveragePrecisions
{
    private AveragePrecisions(IReadOnlyList<ClassPrecision> classes, double overlap) => (Classes, Overlap) = (classes, overlap);

    /// <summary>One entry a class.</summary>
    public IReadOnlyList<ClassPrecision> Classes { get; }

    /// <summary>The intersection over union from which on an object is found.</summary>
    public double Overlap { get; }

    /// <summary>Mean over the classes that have objects: mAP. Not a number when there are none.</summary>
    public double Mean => Classes.Select(each => each.AveragePrecision).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Measures.</summary>
    /// <param name="results">What was found, and what is there.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="overlap">The intersection over union from which on an object is found.</param>
    /// <param name="interpolation">How curves become numbers.</param>
    /// <returns>The average precisions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A result is of a class that is not in the list.</exception>
    public static AveragePrecisions Of(
        DetectionResults results,
        int classes,
        double overlap = 0.5,
        PrecisionInterpolation interpolation = PrecisionInterpolation.AllPoints)
    {
        ArgumentNullException.ThrowIfNull(results);
        var byClass = ClassResults.Split(results, classes);
        return new(
            [
                .. byClass.Index().Select(each =>
                {
                    var curve = CurveOf(each.Item, overlap);
                    return new ClassPrecision(each.Index, curve.AveragePrecision(interpolation), curve);
                }),
            ],
            overlap);
    }

    private static PrecisionRecallCurve CurveOf(ClassResults results, double overlap)
    {
        var taken = results.Truth.ToDictionary(entry => entry.Key, entry => new bool[entry.Value.Count]);
        var order = ScoreOrder.Of([.. results.Found.Select(find => find.Object.Score)]);
        var (scores, isRight) = (new List<float>(order.Length), new List<bool>(order.Length));
        foreach (var index in order)
        {
            var (picture, found) = results.Found[index];
            var truth = results.Truth.GetValueOrDefault(picture, []);
            var (best, most) = (-1, double.NegativeInfinity);
            for (var i = 0; i < truth.Count; i++)
            {
                var share = truth[i].IsCrowd
                    ? BoxOverlap.ShareInside(found.Box, truth[i].Box)
                    : BoxOverlap.IntersectionOverUnion(found.Box, truth[i].Box);
                if (share > most) (best, most) = (i, share);
            }
            var matches = best >= 0 && most >= overlap;
            if (matches && (truth[best].IsDifficult || truth[best].IsCrowd)) continue;
            scores.Add(found.Score);
            isRight.Add(matches && !taken[picture][best]);
            if (matches) taken[picture][best] = true;
        }
        return new(scores, isRight, results.Truth.Values.Sum(truth => truth.LongCount(item => !item.IsDifficult && !item.IsCrowd)));
    }
}
