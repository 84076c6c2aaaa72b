namespace DeepCourse.Torch.Tests.Tensors;

public sealed class StorageTests
{
    [Fact]
    public void Storage_OfAView_IsAllOfTheMemoryBehindIt()
    {
        using var whole = arange(6, ScalarType.Float32);
        using var view = whole.narrow(0, 2, 2);
        using var storage = view.storage<float>();
        Assert.Equal(6, storage.Count);
        Assert.Equal([0f, 1, 2, 3, 4, 5], storage.ToArray());
        Assert.Equal((4, 24UL), (storage.element_size(), storage.nbytes()));
    }

    [Fact]
    public void Storage_WritesWhereTheTensorReads()
    {
        using var values = zeros(2, 3, dtype: ScalarType.Int64);
        using var storage = values.storage<long>();
        storage[4] = 7;
        using (var part = storage[1..3]) part.fill_(5);
        storage[(5, null)] = 9;
        Assert.Equal([0L, 5, 5, 0, 7, 9], values.data<long>().ToArray());
        storage.copy_([1, 2, 3, 4, 5, 6]);
        Assert.Equal(6, values[1, 2].item<long>());
        Assert.Equal(3, storage.IndexOf(4));
    }

    [Fact]
    public void Storage_Converts()
    {
        using var values = tensor(new[] { 1.9f, 0f });
        using var storage = values.storage<float>();
        using var whole = storage.@int();
        Assert.Equal([1, 0], whole.tolist());
        Assert.Equal(1.9f, storage[0]);
    }

    [Fact]
    public void Storage_RefusesWhatIsNotThere()
    {
        using var values = zeros(3);
        Assert.Throws<ArgumentException>(() => values.storage<int>());
        using var storage = values.storage<float>();
        Assert.Throws<IndexOutOfRangeException>(() => storage[3]);
        Assert.Throws<IndexOutOfRangeException>(() => storage[-1] = 0);
    }
}
