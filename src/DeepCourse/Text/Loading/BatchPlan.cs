using DeepCourse.Data;

namespace DeepCourse.Text.Loading;

/// <summary>Which texts come together in the batches of an epoch; every epoch has the same number of batches.</summary>
internal abstract class BatchPlan
{
    /// <summary>The number of batches.</summary>
    public abstract int Count { get; }

    /// <summary>The texts of each batch of an epoch, by their places in the list of lengths.</summary>
    public abstract int[][] Of(int epoch);

    /// <summary>The plan that options ask for.</summary>
    /// <param name="lengths">Tokens of each text.</param>
    /// <param name="options">Batch size or budget, and order.</param>
    public static BatchPlan For(int[] lengths, TextLoaderOptions options) =>
        (options.TokenBudget, options.Order) switch
        {
            ({ } budget, TextOrder.Random) => new ShuffledBuckets(lengths, budget, options.Seed),
            ({ } budget, TextOrder.ByLength) => new Fixed(CutByBudget(Sorted(lengths), lengths, budget)),
            ({ } budget, _) => new Fixed(CutByBudget(Enumerable.Range(0, lengths.Length), lengths, budget)),
            (_, TextOrder.Random) => new Shuffled(lengths, options),
            (_, TextOrder.ByLength) => new Fixed([.. Sorted(lengths).Chunk(options.BatchSize)]),
            _ => new Fixed([.. Enumerable.Range(0, lengths.Length).Chunk(options.BatchSize)]),
        };

    private static IEnumerable<int> Sorted(int[] lengths) =>
        Enumerable.Range(0, lengths.Length).OrderByDescending(text => lengths[text]);

    // A batch is as wide as its longest text.
    private static int[][] CutByBudget(IEnumerable<int> order, int[] lengths, int budget)
    {
        List<int[]> batches = [];
        List<int> batch = [];
        var longest = 0;
        foreach (var text in order)
        {
            longest = Math.Max(longest, lengths[text]);
            if (batch.Count > 0 && (long)longest * (batch.Count + 1) > budget)
            {
                batches.Add([.. batch]);
                batch.Clear();
                longest = lengths[text];
            }
            batch.Add(text);
        }
        if (batch.Count > 0) batches.Add([.. batch]);
        return [.. batches];
    }

    private sealed class Fixed(int[][] batches) : BatchPlan
    {
        public override int Count => batches.Length;

        public override int[][] Of(int epoch) => batches;
    }

    private sealed class Shuffled(int[] lengths, TextLoaderOptions options) : BatchPlan
    {
        public override int Count => (lengths.Length + options.BatchSize - 1) / options.BatchSize;

        public override int[][] Of(int epoch) =>
        [
            .. Sampler.RoughlyByLength(lengths)
                .Order(lengths.Length, options.BatchSize, Chance.ForEpoch(options.Seed, epoch))
                .Chunk(options.BatchSize),
        ];
    }

    // Texts of a range of lengths make batches of one size, whatever their order: so the number of batches is the same in
    // every epoch, and so is the bound on their places.
    private sealed class ShuffledBuckets : BatchPlan
    {
        private const double Widest = 1.1;
        private const int LeastWidth = 4;

        private readonly List<(int[] Texts, int Size)> _buckets = [];
        private readonly int[] _lengths;
        private readonly int _seed;

        public ShuffledBuckets(int[] lengths, int budget, int seed)
        {
            (_lengths, _seed) = (lengths, seed);
            int[] sorted = [.. Sorted(lengths)];
            for (var start = 0; start < sorted.Length;)
            {
                var longest = lengths[sorted[start]];
                var least = Math.Min((int)(longest / Widest), longest - LeastWidth);
                var end = start + 1;
                while (end < sorted.Length && lengths[sorted[end]] > least) end++;
                _buckets.Add((sorted[start..end], Math.Max(1, budget / Math.Max(1, longest))));
                start = end;
            }
            Count = _buckets.Sum(bucket => (bucket.Texts.Length + bucket.Size - 1) / bucket.Size);
        }

        public override int Count { get; }

        public override int[][] Of(int epoch)
        {
            var random = Chance.ForEpoch(_seed, epoch);
            int[][] batches =
            [
                .. _buckets.SelectMany(bucket =>
                {
                    var texts = (int[])bucket.Texts.Clone();
                    random.Shuffle(texts);
                    return texts.Chunk(bucket.Size);
                }),
            ];
            random.Shuffle(batches);
            if (batches.Length == 0) return batches;
            var longest = batches.Select((batch, index) => (Length: batch.Max(text => _lengths[text]), index)).MaxBy(pair => pair.Length).index;
            (batches[0], batches[longest]) = (batches[longest], batches[0]);
            return batches;
        }
    }
}
