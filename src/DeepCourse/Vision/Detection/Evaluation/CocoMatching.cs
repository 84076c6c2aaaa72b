using DeepCourse.Vision.Datasets;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>Gives the finds of one class in one picture to its objects, as COCO does.</summary>
internal sealed class CocoMatching
{
    /// <summary>How many overlaps are asked about.</summary>
    public const int Overlaps = 10;

    private readonly DetectedObject[] _found;
    private readonly IReadOnlyList<AnnotatedObject> _truth;
    private readonly double[] _shares;
    private readonly double[] _areas;

    /// <summary>Compares all finds with all objects.</summary>
    /// <param name="found">The finds, best first.</param>
    /// <param name="truth">The objects.</param>
    public CocoMatching(DetectedObject[] found, IReadOnlyList<AnnotatedObject> truth)
    {
        (_found, _truth) = (found, truth);
        _areas = [.. truth.Select(item => item.Area ?? BoxOverlap.Area(item.Box))];
        _shares = new double[found.Length * truth.Count];
        for (var i = 0; i < found.Length; i++)
            for (var j = 0; j < truth.Count; j++)
                _shares[(i * truth.Count) + j] = truth[j].IsCrowd
                    ? BoxOverlap.ShareInside(found[i].Box, truth[j].Box)
                    : BoxOverlap.IntersectionOverUnion(found[i].Box, truth[j].Box);
    }

    /// <summary>Matches finds and objects of one size.</summary>
    /// <param name="area">The size.</param>
    /// <param name="objects">How many objects there are to be found.</param>
    /// <returns>One entry a find.</returns>
    public CocoMatch[] Match(CocoArea area, out int objects)
    {
        var ignored = new bool[_truth.Count];
        for (var i = 0; i < ignored.Length; i++)
            ignored[i] = _truth[i].IsCrowd || _truth[i].IsDifficult || !area.Holds(_areas[i]);
        objects = ignored.AsSpan().Count(false);
        // What is to be found goes first, each half in its order.
        int[] order = [.. Enumerable.Range(0, ignored.Length).OrderBy(index => ignored[index])];
        var matches = new CocoMatch[_found.Length];
        for (var overlap = 0; overlap < Overlaps; overlap++)
        {
            var taken = new bool[order.Length];
            for (var find = 0; find < matches.Length; find++)
            {
                var truth = Best(find, order, ignored, taken, Math.Min(0.5 + (overlap * 0.05), 1 - 1e-10));
                var bit = 1u << overlap;
                if (truth >= 0)
                {
                    taken[truth] = true;
                    matches[find] = new(matches[find].Matched | bit, matches[find].Ignored | (ignored[truth] ? bit : 0));
                }
                else if (!area.Holds(BoxOverlap.Area(_found[find].Box)))
                {
                    matches[find] = matches[find] with { Ignored = matches[find].Ignored | bit };
                }
            }
        }
        return matches;
    }

    private int Best(int find, int[] order, bool[] ignored, bool[] taken, double least)
    {
        var best = -1;
        foreach (var index in order)
        {
            if (taken[index] && !_truth[index].IsCrowd) continue;
            // An object to be found is taken before any to be ignored, however much they overlap.
            if (best >= 0 && !ignored[best] && ignored[index]) break;
            var share = _shares[(find * order.Length) + index];
            if (share < least) continue;
            (best, least) = (index, share);
        }
        return best;
    }
}
