namespace DeepCourse.Data;

/// <summary>
/// Shuffles, sorts pieces of fifty batches by length, cuts them into batches and shuffles those: like lengths meet, and
/// still no two epochs are alike. The longest item leads, so that a lack of memory shows in the first step.
/// </summary>
internal sealed class RoughLengthSampler(IReadOnlyList<int> lengths) : Sampler
{
    private const int BatchesInPiece = 50;

    public override int[] Order(int itemCount, int batchSize, Random random)
    {
        LengthSampler.RequireOnePerItem("lengths", lengths.Count, itemCount);
        int[] order = [.. Enumerable.Range(0, itemCount)];
        random.Shuffle(order);

        var sorted = order
            .Chunk(batchSize * BatchesInPiece)
            .SelectMany(piece => piece.OrderByDescending(index => lengths[index]).ThenBy(index => index));
        List<int[]> batches = [.. sorted.Chunk(batchSize)];
        if (batches.Count == 0) return order;

        // Only the last batch may be incomplete: a short one in the middle would shift all that follow.
        var rest = batches[^1].Length < batchSize ? batches[^1] : [];
        if (rest.Length > 0) batches.RemoveAt(batches.Count - 1);
        var shuffled = batches.ToArray();
        random.Shuffle(shuffled);
        BringLongestToFront(shuffled);
        return [.. shuffled.SelectMany(batch => batch), .. rest];
    }

    private void BringLongestToFront(int[][] batches)
    {
        if (batches.Length == 0) return;
        var longest = 0;
        for (var index = 1; index < batches.Length; index++)
            if (lengths[batches[index][0]] > lengths[batches[longest][0]]) longest = index;
        (batches[0], batches[longest]) = (batches[longest], batches[0]);
    }
}
