using DeepCourse.Tensors;
using DeepCourse.Vision.Classification;

namespace DeepCourse.Tests.Vision.Classification;

public sealed class WhiteningConvolutionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public WhiteningConvolutionTests() => manual_seed(3);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Outputs_OfWhatItSaw_AreUncorrelatedAndOfEqualStrength()
    {
        // Neighbours and channels that have much in common, as in photographs.
        var images = functional.avg_pool2d(randn(200, 3, 20, 20), 3, 1);
        images = images + 0.5 * images.mean([1], keepdim: true);
        using var layer = new WhiteningConvolution();

        layer.Learn(images, epsilon: 0);
        var outputs = layer.call(images);

        Assert.Equal([200, 24, 17, 17], outputs.shape);
        var half = outputs.narrow(1, 0, 12).permute(1, 0, 2, 3).reshape(12, -1);
        Assert.True(half.cov().allclose(eye(12), rtol: 0, atol: 1e-2), "the covariance is not the identity");
        Assert.True(outputs.narrow(1, 12, 12).allclose(-outputs.narrow(1, 0, 12), rtol: 0, atol: 1e-5), "the second half is not the first with the other sign");
    }

    [Fact]
    public void Epsilon_KeepsEmptyDirectionsSmall()
    {
        using var layer = new WhiteningConvolution();

        layer.Learn(zeros(4, 3, 6, 6).add_(rand(4, 1, 1, 1)));

        Assert.All(layer.state_dict()["weight"].abs().ReadFloats(), value => Assert.InRange(value, 0, 50));
    }

    [Fact]
    public void Filters_AreNoParameters_TheBiasIsOne()
    {
        using var layer = new WhiteningConvolution(channels: 1);

        Assert.Equal(["bias"], layer.named_parameters().Select(entry => entry.name));
        Assert.Equal(["bias", "weight"], layer.state_dict().Keys.Order());
        Assert.Equal(8, layer.Outputs);
    }

    [Fact]
    public void WithoutLearning_NoGradientIsAskedFor()
    {
        using var layer = new WhiteningConvolution();
        layer.Learn(rand(4, 3, 6, 6));
        layer.Learns = false;
        Assert.False(layer.call(rand(1, 3, 6, 6)).requires_grad);
        layer.Learns = true;
        layer.call(rand(1, 3, 6, 6)).sum().backward();
        Assert.NotNull(layer.parameters().Single().grad);
    }

    [Fact]
    public void OtherChannels_AreRefused()
    {
        using var layer = new WhiteningConvolution();
        Assert.Throws<ShapeException>(() => layer.Learn(rand(4, 1, 6, 6)));
    }
}
