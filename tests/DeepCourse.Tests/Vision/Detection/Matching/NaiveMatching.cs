using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>The matchers once more, picture by picture and object by object.</summary>
internal static class NaiveMatching
{
    public static int[] Overlap(OverlapMatcher rule, float[][] anchors, float[][] boxes, int[] classes)
    {
        var slots = Enumerable.Range(0, classes.Length).Where(slot => classes[slot] >= 0).ToArray();
        var found = new int[anchors.Length];
        for (var anchor = 0; anchor < anchors.Length; anchor++)
        {
            var (most, best) = (-1.0, -1);
            foreach (var slot in slots)
                if (DrawnObjects.Overlap(boxes[slot], anchors[anchor]) is var overlap && overlap > most)
                    (most, best) = (overlap, slot);
            found[anchor] = most >= rule.Positive ? best : most < rule.Negative ? Matches.Background : Matches.Ignored;
        }
        if (rule.Forced == ForcedAnchor.Best)
            foreach (var slot in slots)
                found[Best(anchors, boxes[slot], [])] = slot;
        if (rule.Forced != ForcedAnchor.Bipartite) return found;
        var (open, taken) = (slots.ToList(), new HashSet<int>());
        while (open.Count > 0)
        {
            var first = open.MaxBy(slot => DrawnObjects.Overlap(boxes[slot], anchors[Best(anchors, boxes[slot], taken)]));
            var anchor = Best(anchors, boxes[first], taken);
            if (DrawnObjects.Overlap(boxes[first], anchors[anchor]) <= 0) break;
            found[anchor] = first;
            taken.Add(anchor);
            open.Remove(first);
        }
        return found;
    }

    public static (int[] Slots, double[] Quality) TaskAligned(
        TaskAlignedMatcher rule, Anchors anchors, float[][] boxes, int[] classes, float[][] predicted, float[][] scores)
    {
        var centers = Rows(anchors.Centers);
        var cell = Rows(anchors.Cells).Aggregate((a, b) => [Math.Min(a[0], b[0]), Math.Min(a[1], b[1])]);
        var (slots, quality) = (new int[centers.Length], new double[centers.Length]);
        var won = new double[centers.Length];
        Array.Fill(slots, Matches.Background);
        for (var slot = 0; slot < classes.Length; slot++)
        {
            if (classes[slot] < 0) continue;
            var box = boxes[slot];
            var candidates = Enumerable.Range(0, centers.Length)
                .Where(anchor => Enumerable.Range(0, 2).All(axis =>
                    Math.Abs(centers[anchor][axis] - (box[axis] + box[axis + 2]) / 2)
                        <= Math.Max(box[axis + 2] - box[axis], cell[axis]) / 2))
                .OrderByDescending(anchor => Alignment(anchor, slot))
                .Take(rule.PerObject);
            foreach (var anchor in candidates)
            {
                var overlap = DrawnObjects.Overlap(box, predicted[anchor]);
                if (slots[anchor] >= 0 && won[anchor] >= overlap) continue;
                (slots[anchor], won[anchor]) = (slot, overlap);
            }
        }
        for (var slot = 0; slot < classes.Length; slot++)
        {
            var own = Enumerable.Range(0, centers.Length).Where(anchor => slots[anchor] == slot).ToArray();
            foreach (var anchor in own)
                quality[anchor] = Alignment(anchor, slot) / own.Max(other => Alignment(other, slot)) * own.Max(other => won[other]);
        }
        return (slots, quality);

        double Alignment(int anchor, int slot) =>
            Math.Pow(scores[anchor][classes[slot]], rule.Alpha)
                * Math.Pow(DrawnObjects.Overlap(boxes[slot], predicted[anchor]), rule.Beta);
    }

    public static int[] Atss(AtssMatcher rule, Anchors anchors, float[][] boxes, int[] classes)
    {
        var (all, centers, cells) = (Rows(anchors.Boxes), Rows(anchors.Centers), Rows(anchors.Cells));
        var unit = cells.Aggregate((a, b) => [Math.Min(a[0], b[0]), Math.Min(a[1], b[1])]);
        var (slots, won) = (new int[all.Length], new double[all.Length]);
        Array.Fill(slots, Matches.Background);
        for (var slot = 0; slot < classes.Length; slot++)
        {
            if (classes[slot] < 0) continue;
            var box = boxes[slot];
            var (candidates, start) = (new List<int>(), 0);
            foreach (var level in anchors.Levels)
            {
                candidates.AddRange(Enumerable.Range(start, level.Count).OrderBy(Distance).Take(rule.PerLevel));
                start += level.Count;
            }
            var overlaps = candidates.Select(anchor => DrawnObjects.Overlap(box, all[anchor])).ToArray();
            var mean = overlaps.Average();
            var threshold = mean + Math.Sqrt(overlaps.Sum(each => (each - mean) * (each - mean)) / (overlaps.Length - 1));
            foreach (var (anchor, overlap) in candidates.Zip(overlaps))
            {
                var inside = Enumerable.Range(0, 2).All(i => centers[anchor][i] > box[i] && centers[anchor][i] < box[i + 2]);
                if (overlap < threshold || !inside || (slots[anchor] >= 0 && won[anchor] >= overlap)) continue;
                (slots[anchor], won[anchor]) = (slot, overlap);
            }

            double Distance(int anchor) => Enumerable.Range(0, 2)
                .Sum(i => Math.Pow((centers[anchor][i] - (box[i] + box[i + 2]) / 2) / unit[i], 2));
        }
        return slots;
    }

    public static int[] BestShape(Anchors anchors, float[][] boxes, int[] classes)
    {
        var (centers, sizes, cells) = (Rows(anchors.Centers), Rows(anchors.Sizes), Rows(anchors.Cells));
        var slots = new int[centers.Length];
        Array.Fill(slots, Matches.Background);
        for (var slot = 0; slot < classes.Length; slot++)
        {
            if (classes[slot] < 0) continue;
            var box = boxes[slot];
            float[] size = [box[2] - box[0], box[3] - box[1]];
            var owners = Enumerable.Range(0, centers.Length).Where(anchor => Enumerable.Range(0, 2).All(i =>
                Math.Floor((box[i] + box[i + 2]) / 2 / cells[anchor][i]) == Math.Floor(centers[anchor][i] / cells[anchor][i])));
            slots[owners.MaxBy(anchor =>
                DrawnObjects.Overlap([0, 0, sizes[anchor][0], sizes[anchor][1]], [0, 0, size[0], size[1]]))] = slot;
        }
        return slots;
    }

    public static float[][] Rows(Tensor matrix) =>
        [.. matrix.contiguous().data<float>().ToArray().Chunk((int)matrix.size(-1))];

    private static int Best(float[][] anchors, float[] box, HashSet<int> taken) => Enumerable.Range(0, anchors.Length)
        .Where(anchor => !taken.Contains(anchor))
        .MaxBy(anchor => DrawnObjects.Overlap(box, anchors[anchor]));
}
