using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class TensorLoaderTests
{
    [Fact]
    public void Batches_Shuffled_PickInputsAndTargetsTogether()
    {
        using var scope = torch.NewDisposeScope();
        var inputs = torch.arange(10).to(ScalarType.Float32).unsqueeze(1);
        var loader = new TensorLoader<Tensor, Tensor>(
            inputs, torch.arange(10) * 10, 10, new(BatchSize: 4) { Sampler = Sampler.Shuffled, Seed = 3 });

        var batches = loader.Batches(0).ToList();

        Assert.Equal([4, 4, 2], batches.Select(batch => batch.Size));
        Assert.All(batches, batch => Assert.True(torch.allclose(
            (batch.Inputs.squeeze(1) * 10).to(ScalarType.Int64), batch.Targets, rtol: 0, atol: 0)));
        Assert.Equal(Enumerable.Range(0, 10).Select(number => (float)number), Numbers(batches).Order());
        Assert.Equal(Numbers(batches), Numbers(loader.Batches(0)));
        Assert.NotEqual(Numbers(batches), Numbers(loader.Batches(1)));
        Assert.Equal(Numbers(batches).Skip(8), Numbers(loader.Batches(0, firstBatch: 2)));
    }

    [Fact]
    public void Batches_AreCopies()
    {
        using var scope = torch.NewDisposeScope();
        var inputs = torch.zeros(4);
        var loader = new TensorLoader<Tensor, Tensor>(inputs, torch.zeros(4), 4, new(BatchSize: 4));

        loader.Batches(0).Single().Inputs.fill_(1);

        Assert.Equal(0, inputs.sum().ToSingle());
    }

    [Fact]
    public void Batches_RecordsOfTensors_AreSelectedFieldByField()
    {
        using var scope = torch.NewDisposeScope();
        var pair = new Pair(torch.arange(6), torch.arange(6) * 2);
        var loader = new TensorLoader<Pair, Tensor>(pair, torch.zeros(6), 6, new(BatchSize: 3));

        Assert.Equal([6L, 8, 10], loader.Batches(0).Last().Inputs.Second.data<long>().ToArray());
    }

    [Fact]
    public void Batches_RecordThatCannotBeSelected_SaysWhatToImplement()
    {
        using var scope = torch.NewDisposeScope();
        var loader = new TensorLoader<string, Tensor>("x", torch.zeros(6), 6, new(BatchSize: 3));

        Assert.Contains(
            "ISelectable<String>", Assert.Throws<NotSupportedException>(() => loader.Batches(0).Count()).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<float> Numbers(IEnumerable<Batch<Tensor, Tensor>> batches) =>
        batches.SelectMany(batch => batch.Inputs.data<float>().ToArray());

    private sealed record Pair(Tensor First, Tensor Second) : ISelectable<Pair>
    {
        public Pair Select(Tensor indices) => new(First.index_select(0, indices), Second.index_select(0, indices));
    }
}
