using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

/// <summary>What a loader leaves behind: threads, tensors, pooled items; and how it ends early.</summary>
public class LoaderLifetimeTests
{
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
