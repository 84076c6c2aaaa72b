using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

/// <summary>Several processes that share a data set: together they do what one would do.</summary>
public class ShardTests
{
    private static readonly LoaderOptions Joint = new(BatchSize: 12) { Sampler = Sampler.Shuffled, Seed = 7, Workers = 2 };

    public static TheoryData<int, int> Sizes()
    {
        var sizes = new TheoryData<int, int>();
        foreach (var items in new[] { 0, 1, 2, 11, 12, 13 })
            foreach (var processes in new[] { 1, 2, 3, 4, 15 }) sizes.Add(items, processes);
        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Repeat_AllReadEquallyManyAndEachItemAtLeastOnce(int items, int processes)
    {
        var parts = Parts(items, processes, ShardRemainder.Repeat);

        Assert.All(parts, part => Assert.Equal((items + processes - 1) / processes, part.Length));
        Assert.Equal(Enumerable.Range(0, items), parts.SelectMany(part => part).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Drop_AllReadEquallyManyAndNoItemTwice(int items, int processes)
    {
        var parts = Parts(items, processes, ShardRemainder.Drop);

        Assert.All(parts, part => Assert.Equal(items / processes, part.Length));
        Assert.Equal(items / processes * processes, parts.SelectMany(part => part).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Spread_EachItemExactlyOnce(int items, int processes)
    {
        var parts = Parts(items, processes, ShardRemainder.Spread);

        Assert.Equal(Enumerable.Range(0, items), parts.SelectMany(part => part).Order());
        Assert.InRange(parts.Max(part => part.Length) - parts.Min(part => part.Length), 0, 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Batches_OfAllProcesses_AreThoseOfOneWithTheJointBatch(int processes)
    {
        // 50 items: the last joint batch of 12 has 2, so with 3 and 4 processes items are read again.
        var whole = new NumberSource(50).Load(Joint).Batches(3).Select(Items).ToList();

        var shares = Enumerable.Range(0, processes).Select(rank => Load(50, rank, processes).Batches(3).ToList()).ToList();

        Assert.All(shares, share => Assert.Equal(whole.Count, share.Count));
        for (var batch = 0; batch < whole.Count; batch++)
        {
            var together = shares.SelectMany(share => Items(share[batch])).ToList();
            if (batch < whole.Count - 1) Assert.Equal(whole[batch].Order(), together.Order());
            else Assert.Subset(together.ToHashSet(), whole[batch].ToHashSet());
        }
    }

    [Fact]
    public void Batches_ContinuedByAnotherNumberOfProcesses_VisitTheRestOfTheEpoch()
    {
        var seen = Enumerable.Range(0, 2).SelectMany(rank => Load(48, rank, 2).Batches(1).Take(3)).SelectMany(Items);
        var rest = Enumerable.Range(0, 4).SelectMany(rank => Load(48, rank, 4).Batches(1, firstBatch: 3)).SelectMany(Items);

        var whole = new NumberSource(48).Load(Joint).Batches(1).SelectMany(Items);
        Assert.Equal(whole.Order(), seen.Concat(rest).Order());
    }

    [Fact]
    public void Batches_ProcessesThatReadOtherItems_MeetOtherChances()
    {
        var draws = Enumerable.Range(0, 2).SelectMany(rank => Load(48, rank, 2).Batches(0)).SelectMany(batch => batch.Targets);

        Assert.Equal(48, draws.Distinct().Count());
    }

    [Fact]
    public void Counts_AreThoseOfThePart()
    {
        var loader = new NumberSource(50).Load(new(BatchSize: 4) { Shard = new(1, 3), Workers = 0 });

        Assert.Equal((17, 5), (loader.ItemCount, loader.Count));
        Assert.Equal(17, loader.Batches(0).Sum(batch => batch.Size));
        Assert.Equal((1, 3), (loader.Shard.Rank, loader.Shard.WorldSize));
        Assert.True(((ILoader<int[], int[]>)new NumberSource(3).Load(new(BatchSize: 1))).Shard.IsWhole);
    }

    [Fact]
    public void RoughlyByLength_LikeLengthsMeetInTheJointBatch()
    {
        int[] lengths = [.. Enumerable.Range(0, 120).Select(index => index * 37 % 101 + 1)];
        var options = new LoaderOptions(BatchSize: 3) { Sampler = Sampler.RoughlyByLength(lengths), Workers = 0 };

        var shares = Enumerable.Range(0, 2)
            .Select(rank => new NumberSource(120).Load(options with { Shard = new(rank, 2) }).Batches(0).ToList()).ToList();

        var spread = shares[0].Zip(shares[1]).Average(pair =>
        {
            var together = pair.First.Inputs.Concat(pair.Second.Inputs).Select(item => lengths[item]).ToList();
            return together.Max() - together.Min();
        });
        Assert.True(spread < 12, $"the lengths in a joint batch differ by {spread} on average");
    }

    [Fact]
    public void DataBlock_TrainingRepeatsAndValidationReadsEachItemOnce()
    {
        using var scope = torch.NewDisposeScope();
        var block = DataBlock.Of(new NumberBlock(), new NumberBlock(), (float number) => number, number => number)
            .Split(number => number < 5);
        float[] items = [.. Enumerable.Range(0, 16)];

        var shares = Enumerable.Range(0, 3)
            .Select(rank => block.Load(items, new(BatchSize: 2) { Shard = new(rank, 3), Workers = 0 })).ToList();

        Assert.Equal([4, 4, 4], shares.Select(share => share.Train.ItemCount));
        Assert.Equal([2, 2, 1], shares.Select(share => share.Validation.ItemCount));
        var judged = shares.SelectMany(share => share.Validation.Batches(0)).SelectMany(batch => batch.Inputs.data<float>().ToArray());
        Assert.Equal([0f, 1, 2, 3, 4], judged.Order());
    }

    [Fact]
    public void TensorLoader_Shared_PicksThePart()
    {
        using var scope = torch.NewDisposeScope();
        var numbers = torch.arange(10);
        var options = new LoaderOptions(BatchSize: 2) { Sampler = Sampler.Shuffled, Seed = 1 };

        var picked = Enumerable.Range(0, 2).SelectMany(rank =>
            new TensorLoader<Tensor, Tensor>(numbers, numbers, 10, options with { Shard = new(rank, 2) }).Batches(4))
            .SelectMany(batch => batch.Inputs.data<long>().ToArray());

        Assert.Equal(Enumerable.Range(0, 10).Select(number => (long)number), picked.Order());
    }

    [Fact]
    public void Shard_NoSuchPart_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(0, 1, (ShardRemainder)3));
    }

    private static int[][] Parts(int items, int processes, ShardRemainder remainder) =>
    [
        .. Enumerable.Range(0, processes).Select(rank =>
        {
            var sampler = Sampler.Sharded(Sampler.Shuffled, new(rank, processes, remainder));
            var order = sampler.Order(items, 4, new Random(3));
            Assert.Equal(order.Length, sampler.CountOf(items));
            return order;
        }),
    ];

    private static Loader<NumberSource.Item, int[], int[]> Load(int items, int rank, int processes) =>
        new NumberSource(items).Load(
            Joint with { BatchSize = Joint.BatchSize / processes, Shard = new(rank, processes) });

    private static IEnumerable<(int Index, int Draw)> Items(Batch<int[], int[]> batch) => batch.Inputs.Zip(batch.Targets);
}
