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
        var order = Order(ignored);
        // A bit for each overlap at which an object is taken.
        var taken = new uint[ignored.Length];
        var matches = new CocoMatch[_found.Length];
        for (var find = 0; find < matches.Length; find++)
        {
            var (matched, passed) = (0u, 0u);
            var isOfSize = area.Holds(BoxOverlap.Area(_found[find].Box));
            var most = Most(find);
            for (var overlap = 0; overlap < Overlaps; overlap++)
            {
                var (bit, least) = (1u << overlap, 0.5 + (overlap * 0.05));
                var truth = most < least ? -1 : Best(find, order, ignored, taken, bit, least);
                if (truth >= 0)
                {
                    taken[truth] |= bit;
                    matched |= bit;
                    if (ignored[truth]) passed |= bit;
                }
                else if (!isOfSize)
                {
                    passed |= bit;
                }
            }
            matches[find] = new(matched, passed);
        }
        return matches;
    }

    /// <summary>What is to be found goes first, each half in its order.</summary>
    private static int[] Order(bool[] ignored)
    {
        var (order, next) = (new int[ignored.Length], 0);
        foreach (var last in (ReadOnlySpan<bool>)[false, true])
            for (var i = 0; i < ignored.Length; i++)
                if (ignored[i] == last) order[next++] = i;
        return order;
    }

    private double Most(int find)
    {
        var most = 0.0;
        foreach (var share in _shares.AsSpan(find * _truth.Count, _truth.Count)) most = Math.Max(most, share);
        return most;
    }

    private int Best(int find, int[] order, bool[] ignored, uint[] taken, uint bit, double least)
    {
        var best = -1;
        foreach (var index in order)
        {
            if ((taken[index] & bit) != 0 && !_truth[index].IsCrowd) continue;
            // An object to be found is taken before any to be ignored, however much they overlap.
            if (best >= 0 && !ignored[best] && ignored[index]) break;
            var share = _shares[(find * order.Length) + index];
            if (share < least) continue;
            (best, least) = (index, share);
        }
        return best;
    }
}
