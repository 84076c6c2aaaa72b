using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;

namespace DeepCourse.Tests.Vision.Detection.Evaluation;

/// <summary>COCO's evaluation written down step by step, without a thought for speed.</summary>
internal static class NaiveCoco
{
    public static readonly double[] Overlaps = [.. Enumerable.Range(0, 10).Select(i => 0.5 + (0.05 * i))];

    /// <summary>Mean precision and mean recall over classes and the given overlaps.</summary>
    public static (double Precision, double Recall) Evaluate(
        DetectionResults results, int classes, double leastArea, double mostArea, int most, params double[] overlaps)
    {
        var (precisions, recalls) = (new List<double>(), new List<double>());
        foreach (var overlap in overlaps)
            for (var kind = 0; kind < classes; kind++)
            {
                var ranking = new List<(float Score, bool Right)>();
                var objects = 0;
                foreach (var picture in results.Pictures)
                    objects += Match(picture, kind, leastArea, mostArea, most, overlap, ranking);
                if (objects == 0) continue;
                var sorted = ranking.OrderByDescending(find => find.Score).ToList();
                precisions.Add(Enumerable.Range(0, 101).Average(step => BestPrecision(sorted, objects, step * 0.01)));
                recalls.Add((double)sorted.Count(find => find.Right) / objects);
            }
        return (precisions.DefaultIfEmpty(double.NaN).Average(), recalls.DefaultIfEmpty(double.NaN).Average());
    }

    private static double BestPrecision(List<(float Score, bool Right)> ranking, int objects, double recall)
    {
        var (best, right) = (0.0, 0);
        for (var i = 0; i < ranking.Count; i++)
        {
            if (ranking[i].Right) right++;
            if ((double)right / objects >= recall) best = Math.Max(best, (double)right / (i + 1));
        }
        return best;
    }

    private static int Match(
        PictureResult picture, int kind, double leastArea, double mostArea, int most, double overlap, List<(float, bool)> ranking)
    {
        var truth = picture.Truth.Where(item => item.Class == kind).ToList();
        var free = new HashSet<AnnotatedObject>(truth, ReferenceEqualityComparer.Instance);
        foreach (var find in picture.Found.Where(item => item.Class == kind).OrderByDescending(item => item.Score).Take(most))
        {
            // The last of equals wins, and what counts goes before what does not.
            var candidates = truth.Where(item => (free.Contains(item) || item.IsCrowd) && Share(find, item) >= overlap).Reverse().ToList();
            var taken = candidates.Where(Counts).MaxBy(item => Share(find, item))
                ?? candidates.Where(item => !Counts(item)).MaxBy(item => Share(find, item));
            if (taken is not null)
            {
                free.Remove(taken);
                if (Counts(taken)) ranking.Add((find.Score, true));
            }
            else if (InRange((double)find.Box.Width * find.Box.Height))
            {
                ranking.Add((find.Score, false));
            }
        }
        return truth.Count(Counts);

        bool Counts(AnnotatedObject item) =>
            !item.IsCrowd && !item.IsDifficult && InRange(item.Area ?? ((double)item.Box.Width * item.Box.Height));
        bool InRange(double area) => area >= leastArea && area <= mostArea;
    }

    private static double Share(DetectedObject find, AnnotatedObject truth)
    {
        var common = (double)find.Box.Intersect(truth.Box).Area;
        var own = (double)find.Box.Area;
        return common / (truth.IsCrowd ? own : own + truth.Box.Area - common);
    }
}
