using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class MovableTests
{
    [Fact]
    public void Place_OnTheCpu_IsTheTensorItself()
    {
        using var tensor = torch.zeros(2);

        Assert.Same(tensor, tensor.Place(torch.CPU));
    }

    [Fact]
    public void To_Batch_MovesRecordsThroughTheirOwnMethod()
    {
        using var scope = torch.NewDisposeScope();
        var batch = new Batch<Tensor, Boxes>(torch.zeros(2), new(torch.zeros(2, 4), Moves: 0), 2);

        var moved = batch.To(torch.CPU);

        Assert.Equal(1, moved.Targets.Moves);
        Assert.Equal(2, moved.Size);
    }

    [Fact]
    public void To_SomethingElse_SaysWhatToImplement() => Assert.Contains(
        "IMovable<String>", Assert.Throws<ArgumentException>(() => Movable.To("text", torch.CPU)).Message, StringComparison.Ordinal);

    [SkippableFact]
    [Trait("Device", "Cuda")]
    public void Loader_WithADevice_BringsBatchesThereThroughPinnedMemory()
    {
        Skip.IfNot(torch.cuda.is_available(), "no CUDA device");
        using var scope = torch.NewDisposeScope();
        var loader = DataBlock.Of(new NumberBlock(), new NumberBlock(), (float item) => item, item => item * 2)
            .LoadAll([.. Enumerable.Range(0, 1000).Select(index => (float)index)], new(BatchSize: 64) { Workers = 2, Device = torch.CUDA });

        var batches = loader.Batches(0).ToList();

        Assert.All(batches, batch => Assert.Equal(DeviceType.CUDA, batch.Inputs.device.type));
        Assert.Equal(
            Enumerable.Range(0, 1000).Select(index => index * 2f),
            batches.SelectMany(batch => batch.Targets.cpu().data<float>().ToArray()));
    }

    private sealed record Boxes(Tensor Corners, int Moves) : IMovable<Boxes>
    {
        public Boxes To(torch.Device device) => new(Corners.Place(device), Moves + 1);
    }
}
