namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>Non-maximum suppression in tensor operators, for devices where a loop over boxes would wait for each.</summary>
internal static class TensorSuppression
{
    /// <summary>Pairs of boxes compared at once: with several float32 numbers a pair, about half a gigabyte.</summary>
    private const long PairsInTile = 1 << 24;

    /// <summary>Which boxes to keep.</summary>
    /// <param name="boxes">[batch, boxes, 4], best first.</param>
    /// <param name="classes">int64, [batch, boxes], or null.</param>
    /// <param name="overlap">The intersection over union above which a box is dropped.</param>
    /// <param name="pairsInTile">How many pairs to compare at once.</param>
    /// <returns>bool, [batch, boxes].</returns>
    public static Tensor Keep(Tensor boxes, Tensor? classes, double overlap, long pairsInTile = PairsInTile)
    {
        using var scope = torch.NewDisposeScope();
        var (batch, count) = (boxes.size(0), boxes.size(1));
        var kept = torch.ones([batch, count], ScalarType.Bool, boxes.device);
        if (batch == 0 || count == 0) return kept.MoveToOuterDisposeScope();
        var suppressors = Suppressors(boxes.to(ScalarType.Float32), classes, overlap, pairsInTile);
        while (true)
        {
            // Right for the first box; in each round for those whose suppressors were right in the round before.
            var before = kept;
            kept = suppressors.matmul(before.to(suppressors.dtype).unsqueeze(-1)).squeeze(-1).eq(0);
            if (!kept.ne(before).any().item<bool>()) return kept.MoveToOuterDisposeScope();
        }
    }

    /// <summary>1 where the box of the column comes before that of the row and overlaps it too much: [batch, boxes,
    /// boxes].</summary>
    private static Tensor Suppressors(Tensor boxes, Tensor? classes, double overlap, long pairsInTile)
    {
        var (batch, count) = (boxes.size(0), boxes.size(1));
        // Sums of ones in half precision may be infinite, but never zero.
        var type = boxes.device_type == DeviceType.CPU ? ScalarType.Float32 : ScalarType.Float16;
        var table = torch.zeros([batch, count, count], type, boxes.device);
        var places = torch.arange(count, ScalarType.Int64, boxes.device);
        var rows = Math.Max(1, pairsInTile / (batch * count));
        var limit = GreedySuppression.Floor(overlap);
        for (var start = 0L; start < count; start += rows)
        {
            using var tile = torch.NewDisposeScope();
            var height = Math.Min(rows, count - start);
            // Boxes from the end of the tile on come after all of its rows.
            var width = start + height;
            var over = Share(boxes.narrow(1, start, height).unsqueeze(2), boxes.narrow(1, 0, width).unsqueeze(1)).gt(limit);
            over = over.logical_and(places.narrow(0, start, height).unsqueeze(1).gt(places.narrow(0, 0, width)));
            if (classes is not null)
                over = over.logical_and(classes.narrow(1, start, height).unsqueeze(2).eq(classes.narrow(1, 0, width).unsqueeze(1)));
            table.narrow(1, start, height).narrow(2, 0, width).copy_(over);
        }
        return table;
    }

    // Unlike BoxMath's, the union is not kept from zero: as in torchvision, two empty boxes share no number at all.
    private static Tensor Share(Tensor first, Tensor second)
    {
        var width = Common(first, second, 0);
        var common = width.mul_(Common(first, second, 1));
        return common.div(Area(first).add(Area(second)).sub_(common));
    }

    private static Tensor Common(Tensor first, Tensor second, int axis) =>
        torch.minimum(first.select(-1, axis + 2), second.select(-1, axis + 2))
            .sub_(torch.maximum(first.select(-1, axis), second.select(-1, axis)))
            .clamp_(min: 0);

    private static Tensor Area(Tensor boxes) =>
        (boxes.select(-1, 2) - boxes.select(-1, 0)) * (boxes.select(-1, 3) - boxes.select(-1, 1));
}
