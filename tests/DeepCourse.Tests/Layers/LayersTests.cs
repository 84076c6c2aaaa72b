using DeepCourse.Layers;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Layers;

public sealed class LayersTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public LayersTests() => manual_seed(5);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ConvNorm_Harness() =>
        LayerTests.Check(() => new ConvNorm(3, 4, stride: 2), randn(2, 3, 5, 7), [2, 4, 3, 4]);

    [Fact]
    public void ConvNorm_Pointwise_Harness() =>
        LayerTests.Check(() => new ConvNorm(4, 6, kernel: 1, groups: 2, activation: Identity()), randn(3, 4, 2, 2),
            [3, 6, 2, 2]);

    [Fact]
    public void ConvNorm_KeysAreConvAndNorm()
    {
        using var layer = new ConvNorm(3, 4);
        Assert.Equal(
            ["conv.weight", "norm.bias", "norm.num_batches_tracked", "norm.running_mean", "norm.running_var",
                "norm.weight"],
            layer.state_dict().Keys.Order());
    }

    [Fact]
    public void AdaptiveConcatPool_Harness() =>
        LayerTests.Check(() => new AdaptiveConcatPool(2), randn(2, 3, 5, 4), [2, 6, 2, 2]);

    [Fact]
    public void AdaptiveConcatPool_PutsMaximaBeforeMeans()
    {
        using var pool = new AdaptiveConcatPool();
        var output = pool.call(tensor(new float[] { 1, 2, 3, 6 }).view(1, 1, 2, 2));
        Assert.Equal([6, 3], output.ReadFloats());
    }

    [Theory]
    [InlineData(3, 3, 1, 4)]
    [InlineData(3, 5, 1, 4)]
    [InlineData(3, 5, 2, 2)]
    public void ResidualBlock_Harness(long inputs, long outputs, long stride, long size) =>
        LayerTests.Check(() => Trained(new ResidualBlock(inputs, outputs, stride)), randn(2, inputs, 4, 4),
            [2, outputs, size, size]);

    [Fact]
    public void ResidualBlock_StartsAsItsShortcut()
    {
        using var block = new ResidualBlock(3, 3);
        var input = randn(2, 3, 4, 4);
        Assert.Equal(input.relu().ReadFloats(), block.call(input).ReadFloats());
    }

    [Fact]
    public void Classifier_GivesANumberPerClass_AllEqualAtFirst()
    {
        using var head = Heads.Classifier(features: 6, outputs: 4, hidden: 8);
        var output = head.call(randn(3, 6, 2, 2));
        Assert.Equal([3, 4], output.shape);
        Assert.All(output.ReadFloats(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Kaiming_KeepsTheVarianceThroughReLU()
    {
        using var layer = Initializers.Kaiming(Linear(400, 300));
        var output = layer.call(randn(200, 400));
        Assert.Equal(2, output.pow(2).mean().ReadNumber(), 0.1);
        Assert.All(layer.bias!.ReadFloats(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Kaiming_ReachesLayersInside()
    {
        using var network = Sequential(Conv2d(3, 8, 3), ReLU(), Linear(4, 4));
        Initializers.Kaiming(network);
        Assert.All(network.named_parameters().Where(entry => entry.name.EndsWith("bias", StringComparison.Ordinal)),
            entry => Assert.Equal(0, entry.parameter.abs().sum().ReadNumber()));
    }

    // Weights that are all 0 would hide gradients behind them.
    private static ResidualBlock Trained(ResidualBlock block)
    {
        using var frozen = no_grad();
        foreach (var parameter in block.parameters()) parameter.add_(0.3);
        return block;
    }
}
