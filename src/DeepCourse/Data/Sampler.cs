namespace DeepCourse.Data;

/// <summary>Decides which items an epoch visits, and in which order.</summary>
/// <remarks>
/// <b>Extending.</b> Override <see cref="Order"/>; it must draw from the given generator only, so that an epoch can be
/// repeated. Override <see cref="CountOf"/> too if an epoch is longer or shorter than the data set.
/// </remarks>
public abstract class Sampler
{
    /// <summary>Every item once, in the order of the data set.</summary>
    public static Sampler Sequential { get; } = new SequentialSampler();

    /// <summary>Every item once, in another order each epoch.</summary>
    public static Sampler Shuffled { get; } = new ShuffledSampler();

    /// <summary>Draws items with replacement, each with a probability proportional to its weight.</summary>
    /// <param name="weights">One weight per item, not negative, not all zero.</param>
    /// <param name="count">Draws in an epoch; by default one per item.</param>
    public static Sampler Weighted(IReadOnlyList<double> weights, int? count = null) =>
        new WeightedSampler(weights, count);

    /// <summary>Every item once, the longest first, so that a batch holds items of like length and needs little padding.</summary>
    /// <param name="lengths">One length per item.</param>
    public static Sampler ByLength(IReadOnlyList<int> lengths) => new LengthSampler(lengths);

    /// <summary>Every item once, in random batches of like length; the batch with the longest item comes first.</summary>
    /// <param name="lengths">One length per item.</param>
    public static Sampler RoughlyByLength(IReadOnlyList<int> lengths) => new RoughLengthSampler(lengths);

    /// <summary>One process's part of another sampler's epochs.</summary>
    /// <param name="whole">Gives the same order in all processes, by the same seed.</param>
    /// <param name="shard">Which part.</param>
    /// <remarks>Loaders do this by themselves: see <see cref="LoaderOptions.Shard"/>.</remarks>
    public static Sampler Sharded(Sampler whole, Shard shard)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(shard);
        return shard.IsWhole ? whole : new ShardedSampler(whole, shard);
    }

    /// <summary>The number of items an epoch visits.</summary>
    /// <param name="itemCount">The number of items in the data set.</param>
    public virtual int CountOf(int itemCount) => itemCount;

    /// <summary>The indices of an epoch, in order.</summary>
    /// <param name="itemCount">The number of items in the data set.</param>
    /// <param name="batchSize">The number of items in a batch, for orders that keep like items together.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns><see cref="CountOf"/> indices.</returns>
    public abstract int[] Order(int itemCount, int batchSize, Random random);

    /// <summary>The place that an item of this order has in the epoch: what chance does to the item follows from it.
    /// </summary>
    /// <param name="position">Where the item stands in <see cref="Order"/>, from 0.</param>
    /// <returns>The same number, except where several processes share an epoch.</returns>
    public virtual int PlaceOf(int position) => position;

    private sealed class SequentialSampler : Sampler
    {
        public override int[] Order(int itemCount, int batchSize, Random random) => [.. Enumerable.Range(0, itemCount)];
    }

    private sealed class ShuffledSampler : Sampler
    {
        public override int[] Order(int itemCount, int batchSize, Random random)
        {
            int[] order = [.. Enumerable.Range(0, itemCount)];
            random.Shuffle(order);
            return order;
        }
    }
}
