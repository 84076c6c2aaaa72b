using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection.Suppression;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>Matches of one class over all pictures, for every size and overlap.</summary>
internal sealed class CocoClass
{
    /// <summary>How many finds of a class count in each picture.</summary>
    public const int MostFinds = 100;

    private readonly List<float> _scores = [];
    private readonly List<int> _ranks = [];
    private readonly List<CocoMatch>[] _matches = [.. Enumerable.Range(0, CocoAreas.Count).Select(_ => new List<CocoMatch>())];
    private readonly long[] _objects = new long[CocoAreas.Count];
    private readonly double?[] _precisions = new double?[CocoAreas.Count * CocoMatching.Overlaps];
    private int[] _order = [];

    /// <summary>Matches all pictures.</summary>
    public static CocoClass Of(ClassResults results)
    {
        var matched = new CocoClass();
        var found = results.Found.GroupBy(find => find.Picture, find => find.Object).ToDictionary(group => group.Key, group => group.ToArray());
        foreach (var picture in found.Keys.Union(results.Truth.Keys).Order())
            matched.Add(found.GetValueOrDefault(picture, []), results.Truth.GetValueOrDefault(picture, []));
        matched._order = ScoreOrder.Of([.. matched._scores]);
        return matched;
    }

    /// <summary>Mean precision over COCO's recalls and overlaps; not a number without objects of the size.</summary>
    public double Precision(CocoArea area)
    {
        if (_objects[(int)area] == 0) return double.NaN;
        var sum = 0.0;
        for (var overlap = 0; overlap < CocoMatching.Overlaps; overlap++) sum += Precision(area, overlap);
        return sum / CocoMatching.Overlaps;
    }

    /// <summary>Mean precision over COCO's recalls at one overlap; not a number without objects of the size.</summary>
    public double Precision(CocoArea area, int overlap) =>
        _precisions[((int)area * CocoMatching.Overlaps) + overlap] ??= Measure(area, overlap);

    /// <summary>Mean recall over overlaps with a number of finds a picture; not a number without objects of the
    /// size.</summary>
    public double Recall(CocoArea area, int finds)
    {
        if (_objects[(int)area] == 0) return double.NaN;
        var right = 0L;
        for (var index = 0; index < _ranks.Count; index++)
        {
            if (_ranks[index] >= finds) continue;
            var match = _matches[(int)area][index];
            for (var overlap = 0; overlap < CocoMatching.Overlaps; overlap++)
                if (match.IsMatched(overlap) && !match.IsIgnored(overlap)) right++;
        }
        return (double)right / _objects[(int)area] / CocoMatching.Overlaps;
    }

    private double Measure(CocoArea area, int overlap)
    {
        if (_objects[(int)area] == 0) return double.NaN;
        var matches = _matches[(int)area];
        var (recall, precision) = (new double[_order.Length], new double[_order.Length]);
        var (count, right) = (0, 0L);
        foreach (var index in _order)
        {
            var match = matches[index];
            if (match.IsIgnored(overlap)) continue;
            if (match.IsMatched(overlap)) right++;
            recall[count] = (double)right / _objects[(int)area];
            precision[count] = (double)right / ++count;
        }
        PrecisionRecallCurve.Raise(precision.AsSpan(0, count));
        return PrecisionRecallCurve.MeanAt(recall.AsSpan(0, count), precision.AsSpan(0, count), steps: 100);
    }

    private void Add(DetectedObject[] found, IReadOnlyList<AnnotatedObject> truth)
    {
        var best = ScoreOrder.Of([.. found.Select(item => item.Score)]).Take(MostFinds).Select(index => found[index]).ToArray();
        for (var rank = 0; rank < best.Length; rank++)
        {
            _scores.Add(best[rank].Score);
            _ranks.Add(rank);
        }
        var matching = new CocoMatching(best, truth);
        for (var area = 0; area < CocoAreas.Count; area++)
        {
            _matches[area].AddRange(matching.Match((CocoArea)area, out var objects));
            _objects[area] += objects;
        }
    }
}
