using DeepCourse.Tensors;
using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Models;

public sealed class QrnnTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Gradients_AreSlopes(int window)
    {
        manual_seed(4);
        using var layer = new Sequence(new QrnnLayer(3, 4, window));
        GradientCheck.Of(layer, randn(5, 2, 3));
    }

    [Fact]
    public void TheStateAlso_HasItsGradient()
    {
        manual_seed(4);
        using var scope = NewDisposeScope();
        var (forget, candidate, first) = (rand(4, 2, 3, float64), randn(4, 2, 3, float64), randn(2, 3, float64));
        GradientCheck.Of(x => GatedMean.apply(x, candidate, first), forget);
        GradientCheck.Of(x => GatedMean.apply(forget, x, first), candidate);
        GradientCheck.Of(x => GatedMean.apply(forget, candidate, x), first);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Outputs_AreThoseOfTheFormulas(int window)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var layer = new QrnnLayer(2, 3, window);
        var input = randn(4, 1, 2);
        var (output, _) = layer.Run(input, null, 0);
        var weight = layer.named_parameters().First(entry => entry.name == "weight").parameter;
        var bias = layer.named_parameters().First(entry => entry.name == "bias").parameter;
        var (cell, before) = (zeros(1, 3), zeros(1, 2));
        for (var step = 0; step < 4; step++)
        {
            var seen = window == 1 ? input[step] : cat([before, input[step]], 1);
            var gates = (seen.matmul(weight.t()) + bias).chunk(3, 1);
            var (z, f, o) = (gates[0].tanh(), gates[1].sigmoid(), gates[2].sigmoid());
            cell = f * cell + (1 - f) * z;
            Assert.True((o * cell).allclose(output[step], 1e-5, 1e-6));
            before = input[step];
        }
    }

    [Fact]
    public void ATextInTwoParts_IsReadAsOne()
    {
        using var scope = NewDisposeScope();
        using var model = Make(AwdDropouts.None);
        var tokens = SmallLanguageModel.Tokens(3, 9);
        var whole = model.call(tokens).Raw;
        model.ResetState();
        var parts = cat([model.call(tokens.narrow(1, 0, 4)).Raw, model.call(tokens.narrow(1, 4, 5)).Raw], 1);
        Assert.True(parts.allclose(whole, 1e-5, 1e-6));
    }

    [Fact]
    public void EveryParameter_GetsAGradientUnderAllDropouts()
    {
        using var scope = NewDisposeScope();
        using var model = Make(AwdDropouts.LanguageModel, zoneout: 0.2);
        model.call(SmallLanguageModel.Tokens(3, 9)).Dropped.pow(2).sum().backward();
        foreach (var (name, parameter) in model.named_parameters())
            Assert.True(parameter.grad is not null && parameter.grad.ne(0).any().item<bool>(), name);
    }

    [Fact]
    public void Zoneout_KeepsTheMemoryOfTheStepBefore()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        using var layer = new QrnnLayer(2, 200, window: 1, zoneout: 0.4);
        var (_, state) = layer.Run(ones(1, 1, 2), [full(1, 200, 7f)], 0);
        // A forget gate of 1 leaves the memory; a sigmoid never is.
        Assert.Equal(0.4, state[0].eq(7).to(ScalarType.Float64).mean().ReadNumber(), 0.14);
        layer.eval();
        (_, state) = layer.Run(ones(1, 1, 2), [full(1, 200, 7f)], 0);
        Assert.Equal(0, state[0].eq(7).to(ScalarType.Float64).mean().ReadNumber());
    }

    private static AwdLstm Make(AwdDropouts dropouts, double zoneout = 0)
    {
        manual_seed(7);
        return new AwdLstm(SmallLanguageModel.Options(dropouts) with { Cell = RecurrentCell.Qrnn, Zoneout = zoneout });
    }

    private sealed class Sequence : Module<Tensor, Tensor>
    {
        private readonly QrnnLayer layer;

        public Sequence(QrnnLayer layer) : base(nameof(Sequence))
        {
            this.layer = layer;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => layer.Run(input, null, 0).Output;
    }
}
