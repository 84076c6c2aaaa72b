using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class GradientTests
{
    [Theory]
    [InlineData(2.0)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    [InlineData(double.PositiveInfinity)]
    public void TheNormIsThatOfAllGradientsAsOneVector(double order)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        Parameter[] parameters = [WithGradient(randn(70_001)), WithGradient(randn(3, 5, dtype: float64)), new(zeros(2))];
        var all = cat([.. parameters.Where(p => p.grad is not null).Select(p => p.grad!.reshape(-1).to(float64))]);
        var expected = double.IsInfinity(order) ? all.abs().max().item<double>() : all.abs().pow(order).sum().pow(1 / order).item<double>();
        Assert.Equal(expected, Gradients.Norm(parameters, order), 1e-5 * expected);
    }

    [Fact]
    public void ClippingScalesOnlyWhatIsTooLong()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [WithGradient(tensor([3.0f, 0])), WithGradient(tensor([0, 4.0f]))];
        Assert.Equal(5, Gradients.ClipNorm(parameters, 10), 1e-6);
        Assert.Equal(3f, parameters[0].grad![0].item<float>());
        Assert.Equal(5, Gradients.ClipNorm(parameters, 1), 1e-6);
        Assert.Equal(0.6f, parameters[0].grad![0].item<float>(), 1e-6);
        Assert.Equal(0.8f, parameters[1].grad![1].item<float>(), 1e-6);
    }

    [Fact]
    public void NormsShowWhatIsNotFinite()
    {
        using var scope = NewDisposeScope();
        Assert.True(double.IsNaN(Gradients.Norm([WithGradient(tensor([1f, float.NaN]))])));
        Assert.True(double.IsNaN(Gradients.Norm([WithGradient(tensor([1f, float.NaN]))], double.PositiveInfinity)));
        Assert.True(double.IsInfinity(Gradients.Norm([WithGradient(tensor([1f, float.PositiveInfinity]))])));
        Assert.Equal(0, Gradients.Norm([]));
    }

    [Fact]
    public void BfloatGradientsAreMeasuredAndClippedToo()
    {
        using var scope = NewDisposeScope();
        var parameter = WithGradient(tensor([3f, 4f]).to(bfloat16));
        Assert.Equal(5, Gradients.ClipNorm([parameter], 1), 1e-2);
        Assert.Equal(0.6f, parameter.grad!.to(float32)[0].item<float>(), 1e-2);
    }

    [Fact]
    public void AHookReplacesTheGradientUntilDisposed()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var seen = 0;
        var hook = TensorHooks.Register(x, gradient =>
        {
            seen++;
            return gradient * 10;
        });
        (x * 3).sum().backward();
        Assert.Equal(30f, x.grad![0].item<float>());
        hook.Dispose();
        x.grad = null;
        (x * 3).sum().backward();
        Assert.Equal((3f, 1), (x.grad![0].item<float>(), seen));
    }

    [Fact]
    public void AHookMayOnlyLookAndMayThrow()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var inner = x * 2;
        using var look = TensorHooks.Register(inner, gradient =>
        {
            Assert.Equal([2L], gradient.shape);
            return null;
        });
        inner.sum().backward();
        Assert.Equal(2f, x.grad![0].item<float>());
        using var broken = TensorHooks.Register(x, _ => throw new TimeZoneNotFoundException("in a hook"));
        Assert.Equal("in a hook", Assert.Throws<TimeZoneNotFoundException>(() => (x * 2).sum().backward()).Message);
    }

    [Fact]
    public void ChannelsLastKeepsValuesAndParameters()
    {
        using var scope = NewDisposeScope();
        var images = randn(2, 3, 4, 5);
        var turned = ChannelsLast.Apply(images);
        Assert.True(ChannelsLast.IsAppliedTo(turned));
        Assert.False(ChannelsLast.IsAppliedTo(images));
        Assert.True(images.Equals(turned));
        using var layer = Conv2d(3, 6, 3);
        var weight = layer.weight;
        var before = weight!.detach().clone();
        Assert.Same(layer, ChannelsLast.Apply(layer));
        Assert.Same(weight, layer.weight);
        Assert.True(ChannelsLast.IsAppliedTo(weight));
        Assert.True(before.Equals(weight.detach()));
        layer.call(turned).sum().backward();
        Assert.NotNull(weight.grad);
    }

    private static Parameter WithGradient(Tensor gradient)
    {
        var parameter = new Parameter(zeros_like(gradient));
        parameter.grad = gradient;
        return parameter;
    }
}
