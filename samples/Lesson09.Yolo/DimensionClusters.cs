using DeepCourse.Vision.Detection;

namespace Lesson09.Yolo;

/// <summary>Anchors out of the data: the typical widths and heights of the boxes.</summary>
/// <remarks>Redmon and Farhadi 2016 (arXiv 1612.08242), section 2, "Dimension Clusters": k-means with the distance
/// 1 - IoU, boxes being laid corner on corner. Here the middle of a cluster is the median, which outliers don't
/// move.</remarks>
internal static class DimensionClusters
{
    private const int Rounds = 100;

    /// <summary>Finds the clusters.</summary>
    /// <param name="sizes">Width and height of each box, in pixels of the frame.</param>
    /// <param name="count">How many clusters.</param>
    /// <returns>The shapes, by area.</returns>
    internal static IReadOnlyList<AnchorShape> Of(IReadOnlyList<AnchorShape> sizes, int count)
    {
        // From evenly spaced ranks of area: no draw, the same result every time.
        AnchorShape[] byArea = [.. sizes.OrderBy(Area)];
        AnchorShape[] middles = [.. Enumerable.Range(0, count).Select(i => byArea[(int)((i + 0.5) * byArea.Length / count)])];
        for (var round = 0; round < Rounds; round++)
        {
            var clusters = byArea.GroupBy(size => Nearest(size, middles)).ToDictionary(cluster => cluster.Key, cluster => cluster.ToArray());
            AnchorShape[] moved =
                [.. middles.Select((middle, i) => clusters.TryGetValue(i, out var members)
                    ? new AnchorShape(Median(members.Select(size => size.Width)), Median(members.Select(size => size.Height)))
                    : middle)];
            if (moved.SequenceEqual(middles)) break;
            middles = moved;
        }
        return [.. middles.OrderBy(Area)];
    }

    /// <summary>The mean of each box's best overlap with a shape: how well the shapes fit.</summary>
    internal static double Fit(IReadOnlyList<AnchorShape> sizes, IReadOnlyList<AnchorShape> shapes) => sizes.Average(size => shapes.Max(shape => Overlap(size, shape)));

    private static int Nearest(AnchorShape size, AnchorShape[] middles) => Enumerable.Range(0, middles.Length).MaxBy(i => Overlap(size, middles[i]));

    private static double Overlap(AnchorShape one, AnchorShape other)
    {
        var common = Math.Min(one.Width, other.Width) * Math.Min(one.Height, other.Height);
        return common / (Area(one) + Area(other) - common);
    }

    private static double Area(AnchorShape shape) => shape.Width * shape.Height;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
