using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class CachedDatasetTests
{
    [Fact]
    public void Indexer_FromManyThreads_ReadsEachItemOnce()
    {
        var source = new CountingDataset(50);
        var cached = new CachedDataset<int>(source);

        Parallel.For(0, 1000, index => Assert.Equal(index % 50 * 10, cached[index % 50]));

        Assert.Equal(50, source.Reads);
        Assert.Equal(50, cached.CachedCount);
    }

    [Fact]
    public void Indexer_AfterAFailure_TriesAgain()
    {
        var source = new CountingDataset(1) { Fails = true };
        var cached = new CachedDataset<int>(source);

        Assert.Throws<IOException>(() => cached[0]);
        source.Fails = false;

        Assert.Equal(0, cached[0]);
    }

    [Fact]
    public void Indexer_OutsideTheDataSet_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CachedDataset<int>(new CountingDataset(2))[2]);

    private sealed class CountingDataset(int count) : IDataset<int>
    {
        private int _reads;

        public bool Fails { get; set; }

        public int Reads => _reads;

        public int Count => count;

        public int this[int index]
        {
            get
            {
                if (Fails) throw new IOException("the disk is busy");
                Interlocked.Increment(ref _reads);
                return index * 10;
            }
        }
    }
}
