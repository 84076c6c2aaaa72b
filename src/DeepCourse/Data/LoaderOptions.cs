namespace DeepCourse.Data;

/// <summary>How a loader walks through its items.</summary>
/// <param name="BatchSize">Items in a batch; the last batch of an epoch may be smaller.</param>
public sealed record LoaderOptions(int BatchSize)
{
    /// <summary>The order of the items in an epoch.</summary>
    /// <value>The default is <see cref="Sampler.Sequential"/>.</value>
    public Sampler Sampler { get; init; } = Sampler.Sequential;

    /// <summary>The part of each epoch that this process reads; <see cref="BatchSize"/> counts this process's items.
    /// </summary>
    /// <value>The default is <see cref="Shard.Whole"/>.</value>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Decides order and augmentations, together with the epoch; never the number of workers.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }

    /// <summary>Threads that read and encode items; 0 does it on the consumer's thread.</summary>
    /// <value>The default is the number of processors, at most 16.</value>
    public int Workers { get; init; } = Math.Min(Environment.ProcessorCount, 16);

    /// <summary>How many batches may be under way at once, counting the one that is being consumed.</summary>
    /// <value>The default is 4.</value>
    public int Prefetch { get; init; } = 4;

    /// <summary>Whether to leave out a last batch that is smaller than the others.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DropLast { get; init; }

    /// <summary>What to do with an item that can't be read.</summary>
    /// <value>The default is <see cref="UnreadableItems.Throw"/>.</value>
    public UnreadableItems Unreadable { get; init; }

    /// <summary>Told of each unreadable item that is left out, once per item, on a worker's thread.</summary>
    public Action<SkippedItem>? OnSkip { get; init; }

    /// <summary>Where batches go; to a CUDA device they travel through pinned memory.</summary>
    /// <value>The default leaves them on the CPU.</value>
    public torch.Device? Device { get; init; }

    internal LoaderOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(Prefetch, 1);
        return Shard.IsWhole ? this : this with { Sampler = Sampler.Sharded(Sampler, Shard) };
    }

    /// <summary>The same for a loader to learn from: shuffled, unless the caller has chosen an order.</summary>
    internal LoaderOptions ForTraining() => Sampler == Sampler.Sequential ? this with { Sampler = Sampler.Shuffled } : this;

    /// <summary>The same for a loader to judge by: each item once, in order.</summary>
    internal LoaderOptions ForValidation() => this with
    {
        Sampler = Sampler.Sequential,
        DropLast = false,
        Shard = new(Shard.Rank, Shard.WorldSize, ShardRemainder.Spread),
    };

    internal int BatchesIn(int itemCount) =>
        DropLast ? itemCount / BatchSize : (int)(((long)itemCount + BatchSize - 1) / BatchSize);

    internal int ItemsIn(int itemCount) => DropLast ? itemCount / BatchSize * BatchSize : itemCount;
}
