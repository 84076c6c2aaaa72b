namespace DeepCourse.Data;

/// <summary>The part of a data set that one of several processes reads.</summary>
/// <remarks>
/// Items go round: of an epoch's order, process r of n reads the items at r, r + n, r + 2n, ... What all of them read as
/// their batch k is together what one process would read as its batch k with a batch size n times as large, augmented
/// alike; an epoch can be continued by another number of processes, as long as that joint batch size stays.
/// </remarks>
public sealed record Shard
{
    /// <summary>One part of several.</summary>
    /// <param name="rank">Which process this is, from 0 up to, but not including, <paramref name="worldSize"/>.</param>
    /// <param name="worldSize">How many processes there are, at least 1.</param>
    /// <param name="remainder">What becomes of the items that are left over.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public Shard(int rank, int worldSize, ShardRemainder remainder = ShardRemainder.Repeat)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(worldSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, worldSize);
        if (!Enum.IsDefined(remainder))
            throw new ArgumentOutOfRangeException(nameof(remainder), remainder, "There is no such remainder.");
        (Rank, WorldSize, Remainder) = (rank, worldSize, remainder);
    }

    /// <summary>Everything: there is one process.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Which process this is, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public int WorldSize { get; }

    /// <summary>What becomes of the items that are left over.</summary>
    public ShardRemainder Remainder { get; }

    /// <summary>Whether this process reads everything.</summary>
    public bool IsWhole => WorldSize == 1;

    /// <summary>How many of an epoch's items this process reads.</summary>
    /// <param name="count">Items of the epoch, over all processes.</param>
    public int CountOf(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var (each, left) = Math.DivRem(count, WorldSize);
        return Remainder switch
        {
            ShardRemainder.Repeat => left > 0 ? each + 1 : each,
            ShardRemainder.Drop => each,
            _ => Rank < left ? each + 1 : each,
        };
    }

    /// <summary>The place that the item at a position of this process has among the items of all.</summary>
    /// <param name="position">From 0, within this process's part of the epoch.</param>
    public int PlaceOf(int position) => checked(position * WorldSize + Rank);

    /// <summary>This process's part of an order.</summary>
    /// <param name="order">The order of the epoch, the same in all processes.</param>
    /// <returns><see cref="CountOf"/> of its items.</returns>
    public int[] Of(IReadOnlyList<int> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var part = new int[CountOf(order.Count)];
        // Only places of repeated items lie behind the end; there may be more processes than items.
        for (var position = 0; position < part.Length; position++) part[position] = order[PlaceOf(position) % order.Count];
        return part;
    }
}
