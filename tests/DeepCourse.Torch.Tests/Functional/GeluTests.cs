using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Functional;

public class GeluTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 0.05)]
    public void ChannelsLast_SameValuesAndGradients_SameOrderInMemory(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var plain = randn(2, 5, 4, 3).to_type(type).requires_grad_();
        var last = ChannelsLast.Apply(plain.detach()).requires_grad_();
        var weights = randn(2, 5, 4, 3).to_type(type);

        var (expected, result) = (functional.gelu(plain), functional.gelu(last));
        (expected * weights).sum().backward();
        (result * weights).sum().backward();

        Assert.True(ChannelsLast.IsAppliedTo(result));
        Assert.Equal(expected.shape, result.shape);
        Assert.True(expected.allclose(result, tolerance, tolerance));
        Assert.True(plain.grad!.allclose(last.grad!, tolerance, tolerance));
        Assert.True(ChannelsLast.IsAppliedTo(last.grad!));
    }

    [Fact]
    public void TransposedGradient_OfAContiguousInput()
    {
        using var scope = NewDisposeScope();
        var x = randn(2, 4, 3, 5, requires_grad: true);
        var exact = x.detach().to_type(ScalarType.Float64).requires_grad_();
        var weights = randn(3, 2, 5, 4);

        (functional.gelu(x).permute(2, 0, 3, 1) * weights).sum().backward();
        (functional.gelu(exact).permute(2, 0, 3, 1) * weights).sum().backward();

        Assert.True(x.grad!.to_type(ScalarType.Float64).allclose(exact.grad!, 1e-5, 1e-5));
    }

    [Theory]
    [InlineData(TorchSharp.Modules.GELU.Approximate.none)]
    [InlineData(TorchSharp.Modules.GELU.Approximate.tanh)]
    public void Gradients_FirstAndSecond_AreThoseOfDifferences(TorchSharp.Modules.GELU.Approximate approximate)
    {
        using var scope = NewDisposeScope();
        const double Step = 1e-5;
        var x = linspace(-4, 4, 41, ScalarType.Float64).requires_grad_();
        Tensor Value(Tensor at) => functional.gelu(at, approximate);
        Tensor Slope(Tensor at, bool keep = false) => autograd.grad([Value(at).sum()], [at], create_graph: keep)[0];

        var slope = Slope(x, keep: true);
        var bend = autograd.grad([slope.sum()], [x])[0];

        var (right, left) = ((x.detach() + Step).requires_grad_(), (x.detach() - Step).requires_grad_());
        Assert.True(slope.allclose((Value(right) - Value(left)) / (2 * Step), 1e-7, 1e-7));
        Assert.True(bend.allclose((Slope(right) - Slope(left)) / (2 * Step), 1e-6, 1e-6));
    }

    [Fact]
    public void InPlace_WithAGradient()
    {
        using var scope = NewDisposeScope();
        var x = randn(3, 4, requires_grad: true);
        var other = x.detach().requires_grad_();

        var doubled = x * 2;
        Assert.Same(doubled, functional.gelu(doubled, inplace: true));
        doubled.t().sum().backward();
        functional.gelu(other * 2).sum().backward();

        Assert.True(x.grad!.allclose(other.grad!, 1e-6, 1e-6));
    }

    [Fact]
    public void NeitherOrder_AndInPlace_GiveTheSame()
    {
        using var scope = NewDisposeScope();
        var values = randn(2, 3, 4, 5);
        var expected = functional.gelu(values);
        Assert.True(expected.allclose(functional.gelu(values.transpose(1, 2).contiguous().transpose(1, 2)), 1e-6, 1e-6));
        var last = ChannelsLast.Apply(values);
        Assert.Same(last, functional.gelu(last, inplace: true));
        Assert.True(expected.allclose(last, 1e-6, 1e-6));
    }
}
