using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Data;

/// <summary>What a loader does with items that cannot be read, and with faults of the program.</summary>
public class LoaderFaultTests
{
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

    private sealed class BrokenDataset : IDataset<float>
    {
        public int Count => 4;

        public float this[int index] => throw new IOException("the disk is gone");
    }
}
