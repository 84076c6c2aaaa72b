using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class LoaderTests
{
    private static readonly LoaderOptions Shuffled = new(BatchSize: 4) { Sampler = Sampler.Shuffled, Seed = 7, Workers = 2 };

    [Fact]
    public void Batches_AnyNumberOfWorkers_AreTheSame()
    {
        var expected = Run(Shuffled with { Workers = 0 });

        foreach (var workers in new[] { 1, 2, 4, 9 })
            for (var prefetch = 1; prefetch <= 3; prefetch++)
                Assert.Equal(expected, Run(Shuffled with { Workers = workers, Prefetch = prefetch }));

        static string Run(LoaderOptions options)
        {
            // Items of uneven cost finish out of order when there are several workers.
            var source = new NumberSource(23, index => Thread.SpinWait(index % 3 * 20_000));
            return Text(source.Load(options).Batches(epoch: 3));
        }
    }

    [Fact]
    public void Batches_AnotherEpochOrSeed_DifferInOrderAndDraws()
    {
        var source = new NumberSource(23);

        var first = Text(source.Load(Shuffled).Batches(0));

        Assert.Equal(first, Text(source.Load(Shuffled).Batches(0)));
        Assert.NotEqual(first, Text(source.Load(Shuffled).Batches(1)));
        Assert.NotEqual(first, Text(source.Load(Shuffled with { Seed = 8 }).Batches(0)));
    }

    [Fact]
    public void Batches_Sequential_VisitEveryItemOnceAndKeepTheShortLastBatch()
    {
        var loader = new NumberSource(10).Load(new(BatchSize: 4) { Workers = 2 });

        var batches = loader.Batches(0).ToList();

        Assert.Equal(Enumerable.Range(0, 10), batches.SelectMany(batch => batch.Inputs));
        Assert.Equal([4, 4, 2], batches.Select(batch => batch.Size));
        Assert.Equal((3, 10), (loader.Count, loader.ItemCount));
    }

    [Fact]
    public void Batches_DropLast_LeavesTheShortBatchOut()
    {
        var loader = new NumberSource(10).Load(new(BatchSize: 4) { Workers = 2, DropLast = true });

        Assert.Equal([4, 4], loader.Batches(0).Select(batch => batch.Size));
        Assert.Equal((2, 8), (loader.Count, loader.ItemCount));
    }

    [Fact]
    public void Batches_EmptySource_YieldsNothing() =>
        Assert.Empty(new NumberSource(0).Load(new(BatchSize: 4) { Workers = 2 }).Batches(0));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Batches_FromALaterBatch_ContinueTheEpochWithoutEncodingWhatWasSeen(int workers)
    {
        var options = Shuffled with { Workers = workers };
        var whole = new NumberSource(23).Load(options).Batches(2).Skip(4);
        var source = new NumberSource(23);

        Assert.Equal(Text(whole), Text(source.Load(options).Batches(2, firstBatch: 4)));
        Assert.Equal(23 - 16, source.EncodedCount);
    }

    [Fact]
    public void Batches_FirstBatchBehindTheEnd_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumberSource(8).Load(Shuffled).Batches(0, firstBatch: 3));

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        var source = new NumberSource(4);

        Assert.Throws<ArgumentOutOfRangeException>(() => source.Load(new(BatchSize: 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Load(new(BatchSize: 1) { Workers = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Load(new(BatchSize: 1) { Prefetch = 0 }));
    }

    private static string Text(IEnumerable<Batch<int[], int[]>> batches) => string.Join(
        "; ", batches.Select(batch => $"{string.Join(",", batch.Inputs)}|{string.Join(",", batch.Targets)}"));
}
