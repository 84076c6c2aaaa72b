namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>Greedy non-maximum suppression in managed code: vectors over the kept boxes near a candidate.</summary>
internal static class GreedySuppression
{
    // Fewer boxes are searched faster one after the other than by a grid.
    private const int FewestForGrid = 256;

    /// <summary>Marks the boxes to keep.</summary>
    /// <param name="boxes">(left, top, right, bottom) of each box, one after the other.</param>
    /// <param name="order">Which boxes to look at, best first.</param>
    /// <param name="overlap">The intersection over union above which a box is suppressed.</param>
    /// <param name="kept">Which of <paramref name="order"/> are kept: all false before.</param>
    public static void Keep(ReadOnlySpan<float> boxes, ReadOnlySpan<int> order, double overlap, Span<bool> kept)
    {
        var limit = Floor(overlap);
        var candidates = new BoxColumns.Box[order.Length];
        for (var i = 0; i < candidates.Length; i++) candidates[i] = BoxColumns.Box.At(boxes, order[i]);
        using var all = new KeptBoxes(candidates.Length, limit);
        using var grid = candidates.Length < FewestForGrid ? null : KeptGrid.For(candidates, limit);
        for (var i = 0; i < candidates.Length; i++)
        {
            ref readonly var box = ref candidates[i];
            var suppressed = grid is null || all.Vectors <= grid.CellsFor(box) ? all.Suppress(box) : grid.Suppress(i, box);
            if (suppressed) continue;
            kept[i] = true;
            all.Add(box);
            grid?.Add(i, box);
        }
    }

    /// <summary>Marks the boxes to keep, those of different classes not touching each other.</summary>
    /// <param name="boxes">(left, top, right, bottom) of each box, one after the other.</param>
    /// <param name="order">Which boxes to look at, best first.</param>
    /// <param name="classes">The class of each box, any numbers.</param>
    /// <param name="overlap">The intersection over union above which a box is suppressed.</param>
    /// <param name="kept">Which of <paramref name="order"/> are kept: all false before.</param>
    public static void KeepByClass(
        ReadOnlySpan<float> boxes, ReadOnlySpan<int> order, ReadOnlySpan<long> classes, double overlap, Span<bool> kept)
    {
        var groups = ClassGroups.Of(classes, order);
        if (groups.Count == 1)
        {
            Keep(boxes, order, overlap, kept);
            return;
        }
        var members = new int[order.Length];
        var keptMembers = new bool[order.Length];
        for (var i = 0; i < members.Length; i++) members[i] = order[groups.Places[i]];
        for (var group = 0; group < groups.Count; group++)
        {
            var (start, length) = groups.Range(group);
            Keep(boxes, members.AsSpan(start, length), overlap, keptMembers.AsSpan(start, length));
        }
        for (var i = 0; i < keptMembers.Length; i++) kept[groups.Places[i]] = keptMembers[i];
    }

    /// <summary>The largest float that is not above a number: a float is above the one exactly when it is above the
    /// other.</summary>
    internal static float Floor(double number)
    {
        var nearest = (float)number;
        return nearest > number ? MathF.BitDecrement(nearest) : nearest;
    }
}
