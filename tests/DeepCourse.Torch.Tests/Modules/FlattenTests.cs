namespace DeepCourse.Torch.Tests.Modules;

public sealed class FlattenTests
{
    [Fact]
    public void Flatten_OnTheCpu_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var layer = LSTM(3, 4, 2, bidirectional: true);
        var input = randn(5, 2, 3);
        var before = layer.call(input).Item1;
        layer.flatten_parameters();
        Assert.True(layer.call(input).Item1.equal(before).all().item<bool>());
    }

    [SkippableFact]
    [Trait("Device", "Cuda")]
    public void LayersThatMoveToTheGpu_HaveTheirWeightsInOneBlock()
    {
        Skip.IfNot(cuda.is_available() && cuda.is_cudnn_available(), "no CUDA device with cuDNN");
        using var scope = NewDisposeScope();
        using var layer = GRU(3, 4, 2);
        var input = randn(5, 2, 3);
        var expected = layer.call(input).Item1;
        backends.cudnn.allow_tf32 = false;
        layer.cuda();
        var count = layer.parameters().Sum(parameter => parameter.numel());
        Assert.All(layer.parameters(), parameter => Assert.True(parameter.storage<float>().Count >= count));
        Assert.True(layer.call(input.cuda()).Item1.cpu().allclose(expected, 1e-4, 1e-5));
        layer.to(float64);
        Assert.Equal(ScalarType.Float64, layer.call(input.cuda().to(float64)).Item1.dtype);
    }
}
