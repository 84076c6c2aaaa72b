using DeepCourse.Data;
using DeepCourse.Tensors;

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

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Batches_ItemFails_BatchesBeforeArriveThenTheErrorNamesThePath(int workers)
    {
        var source = new NumberSource(40, index =>
        {
            if (index >= 21) throw new InvalidOperationException($"broken {index}");
        });
        var options = new LoaderOptions(BatchSize: 4) { Workers = workers };
        List<int> seen = [];

        var exception = Assert.Throws<ItemException>(() =>
        {
            foreach (var batch in source.Load(options).Batches(0)) seen.AddRange(batch.Inputs);
        });

        Assert.Equal(Enumerable.Range(0, 20), seen);
        Assert.Equal("Item 21 (/pictures/21.jpg) could not be loaded: broken 21", exception.Message);
        Assert.IsType<InvalidOperationException>(exception.InnerException);
        Assert.Equal((21, "/pictures/21.jpg"), (exception.Index, exception.Item));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Batches_SkipUnreadable_LeavesItemsOutAndReportsEachOnce(int workers)
    {
        var source = new NumberSource(12, index =>
        {
            if (index is 1 or 6) throw new DataFormatException($"/pictures/{index}.jpg", "truncated");
            if (index is 8 or 9) throw new FileNotFoundException("gone");
        });
        var told = new System.Collections.Concurrent.ConcurrentBag<SkippedItem>();
        var loader = source.Load(
            new(BatchSize: 2) { Workers = workers, Unreadable = UnreadableItems.Skip, OnSkip = told.Add });

        var first = loader.Batches(0).ToList();
        var batches = loader.Batches(1).ToList();

        Assert.Equal([0, 2, 3, 4, 5, 7, 10, 11], batches.SelectMany(batch => batch.Inputs));
        Assert.Equal(5, first.Count);
        Assert.Equal([1, 2, 2, 1, 2], batches.Select(batch => batch.Size));
        Assert.Equal([1, 6, 8, 9], loader.Skipped.Select(item => item.Index));
        Assert.Equal(loader.Skipped, told.OrderBy(item => item.Index));
        Assert.Equal("/pictures/1.jpg: truncated", loader.Skipped[0].Reason);
    }

    [Fact]
    public void Batches_SkipUnreadable_StillThrowsFaultsOfTheProgram()
    {
        var source = new NumberSource(4, _ => throw new ArgumentException("a bug, not a bad file"));
        var loader = source.Load(new(BatchSize: 2) { Workers = 2, Unreadable = UnreadableItems.Skip });

        Assert.Throws<ItemException>(() => loader.Batches(0).Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Batches_Cancelled_EndEarlyWithoutAnException(int workers)
    {
        using var cancellation = new CancellationTokenSource();
        var loader = new NumberSource(100).Load(new(BatchSize: 2) { Workers = workers });
        var seen = 0;

        foreach (var _ in loader.Batches(0, cancellation: cancellation.Token))
            if (++seen == 3) cancellation.Cancel();

        Assert.Equal(3, seen);
    }

    [Fact]
    public void Batches_CancelledWhileWaiting_DoNotFinishTheBatch()
    {
        const int Many = 200_000;
        using var cancellation = new CancellationTokenSource();
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var source = new NumberSource(Many, _ =>
        {
            entered.Set();
            release.Wait();
        });
        var loader = source.Load(new(BatchSize: Many) { Workers = 1 });
        var canceller = new Thread(() =>
        {
            entered.Wait();
            cancellation.Cancel();
            release.Set();
        });
        canceller.Start();

        Assert.Empty(loader.Batches(0, cancellation: cancellation.Token));

        canceller.Join();
        Assert.InRange(source.EncodedCount, 1, Many - 1);
    }

    [Fact]
    public void Batches_ConsumerLeavesEarly_NoWorkerIsLeft()
    {
        var workers = new HashSet<Thread>();
        var source = new NumberSource(1000, _ =>
        {
            lock (workers) workers.Add(Thread.CurrentThread);
        });

        foreach (var _ in source.Load(new(BatchSize: 2) { Workers = 4 }).Batches(0)) break;

        Assert.NotEmpty(workers);
        Assert.All(workers, worker => Assert.False(worker.IsAlive));
    }

    [Fact]
    public void Batches_SlowConsumer_WorkersStayWithinThePrefetchBound()
    {
        var source = new NumberSource(1000);
        var options = new LoaderOptions(BatchSize: 5) { Workers = 4, Prefetch = 3 };
        var consumed = 0;

        foreach (var _ in source.Load(options).Batches(0).Take(20))
        {
            consumed++;
            Thread.SpinWait(100_000);
            Assert.True(source.EncodedCount <= (consumed + options.Prefetch) * options.BatchSize);
        }
    }

    [Fact]
    public void Batches_CollateFails_ThrowsUnwrappedAndEndsTheWorkers()
    {
        var loader = new Loader<NumberSource.Item, int[], int[]>(
            new NumberSource(100), _ => throw new NotSupportedException("no"), new(BatchSize: 2) { Workers = 2 });

        Assert.Throws<NotSupportedException>(() => loader.Batches(0).Count());
    }

    [Fact]
    public void Batches_ItemAndItsNameFail_ReportTheItem()
    {
        var block = DataBlock.Of(new NumberBlock(), new NumberBlock(), (float item) => item, item => item);
        var loader = block.LoadAll(new BrokenDataset().AsList(), new(BatchSize: 2) { Workers = 2 });

        var exception = Assert.Throws<ItemException>(() => loader.Batches(0).Count());

        Assert.Equal("Item 0 (#0) could not be loaded: the disk is gone", exception.Message);
    }

    [Fact]
    public void Batches_OneScopeEach_LeaveNoTensorBehind()
    {
        var source = new NumberSource(400);
        var loader = new Loader<NumberSource.Item, Tensor, Tensor>(
            source,
            items => new(
                torch.tensor(items.Select(item => (float)item.Index).ToArray()),
                torch.tensor(items.Select(item => (long)item.Draw).ToArray()),
                items.Count),
            new(BatchSize: 4) { Workers = 2 });
        List<long> alive = [];

        using var batches = loader.Batches(0).GetEnumerator();
        for (var step = 0; step < loader.Count; step++)
        {
            using (torch.NewDisposeScope()) Assert.True(batches.MoveNext());
            alive.Add(torch.Tensor.TotalCount);
        }

        // Tensors that other tests dropped may be finalised meanwhile, so the count may fall.
        Assert.True(alive[60] <= alive[10], $"{alive[10]} tensors after 10 batches, {alive[60]} after 60");
    }

    [Fact]
    public void Batches_PooledItems_AreDisposedWhetherConsumedOrNot()
    {
        var source = new DisposableSource(100);
        var loader = new Loader<DisposableSource.Item, int, int>(
            source, items => new(0, 0, items.Count), new(BatchSize: 4) { Workers = 3 });

        foreach (var _ in loader.Batches(0).Take(3))
        {
        }

        Assert.True(source.Made >= 12);
        Assert.Equal(source.Made, source.Disposed);
    }

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

    private sealed class BrokenDataset : IDataset<float>
    {
        public int Count => 4;

        public float this[int index] => throw new IOException("the disk is gone");
    }

    private sealed class DisposableSource(int count) : IItemSource<DisposableSource.Item>
    {
        private int _made, _disposed;

        public int Count => count;

        public int Made => Volatile.Read(ref _made);

        public int Disposed => Volatile.Read(ref _disposed);

        public Item Encode(int index, Random random)
        {
            Interlocked.Increment(ref _made);
            return new(this);
        }

        public string NameOf(int index) => $"{index}";

        internal sealed class Item(DisposableSource source) : IDisposable
        {
            public void Dispose() => Interlocked.Increment(ref source._disposed);
        }
    }
}
