using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class LstmKernelTests
{
    [Theory]
    [InlineData(7, 3, 5, 4)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(12, 33, 40, 72)]
    public void OutputsAndGradientsAreThoseOfLibtorchsOwnLayer(int steps, int batch, int inputs, int size)
    {
        using var scope = NewDisposeScope();
        var (kernel, stepwise) = (Layer.Of(steps, batch, inputs, size), Layer.Of(steps, batch, inputs, size));

        var actual = kernel.Run(LstmKernel.Run);
        var expected = stepwise.Run(Recurrence.Stepwise);

        foreach (var (ours, theirs) in actual.Zip(expected)) Close(theirs, ours, 2e-5);
    }

    [Fact]
    public void InMixedPrecision_LibtorchsOwnLayerStaysWide()
    {
        using var scope = NewDisposeScope();
        var all = Layer.Of(4, 2, 3, 5).Arguments;
        var expected = Recurrence.Stepwise(all[0], all[1], all[2], all[3], all[4], all[5], all[6]);
        using var region = new Autocast(DeviceType.CPU);

        var (output, hidden, cell) = Recurrence.Stepwise(all[0].to(bfloat16), all[1], all[2], all[3], all[4], all[5], all[6]);

        Assert.Equal([float32, float32, float32], [output.dtype, hidden.dtype, cell.dtype]);
        Assert.True(output.allclose(expected.Output, 0.02, 0.02));
        Assert.True(Autocast.IsEnabled(DeviceType.CPU));
    }

    [Fact]
    public void GradientsAreThoseOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Of(4, 2, 3, 3);
        var gradients = layer.Run(LstmKernel.Run)[3..];
        for (var argument = 0; argument < layer.Arguments.Length; argument++)
        {
            var (flat, gradient) = (layer.Arguments[argument].detach().view(-1), gradients[argument].reshape(-1));
            for (var at = 0; at < flat.numel(); at += 3)
            {
                var value = flat[at].item<float>();
                double Loss(float changed)
                {
                    flat[at] = tensor(changed);
                    using var frozen = no_grad();
                    return layer.Loss(LstmKernel.Run).item<float>();
                }
                var difference = (Loss(value + 1e-2f) - Loss(value - 1e-2f)) / 2e-2;
                flat[at] = tensor(value);
                Assert.Equal(difference, gradient[at].item<float>(), 2e-3);
            }
        }
    }

    [Fact]
    public void OnlyWhatIsUsedNeedsAGradient()
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Of(5, 3, 4, 6);
        layer.Arguments[0].requires_grad = false;
        layer.Arguments[1].requires_grad = false;
        layer.Arguments[2].requires_grad = false;
        var (_, hidden, _) = LstmKernel.Run(layer.Arguments[0], layer.Arguments[1], layer.Arguments[2], layer.Arguments[3], layer.Arguments[4], layer.Arguments[5], layer.Arguments[6]);
        hidden.sum().backward();
        Assert.Null(layer.Arguments[0].grad);
        Assert.True(layer.Arguments[4].grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void InNarrowRegionsOutputAndGradientsStayNear()
    {
        using var scope = NewDisposeScope();
        var (narrow, wide) = (Layer.Of(20, 16, 24, 32), Layer.Of(20, 16, 24, 32));
        Tensor loss;
        using (new Autocast(DeviceType.CPU)) loss = narrow.Loss(LstmKernel.Run);
        Assert.Equal(ScalarType.Float32, loss.dtype);
        loss.backward();
        wide.Loss(LstmKernel.Run).backward();
        foreach (var (ours, theirs) in narrow.Arguments.Zip(wide.Arguments))
        {
            var error = (ours.grad! - theirs.grad!).norm().item<float>() / theirs.grad!.norm().item<float>();
            Assert.InRange(error, 1e-7, 0.03);
        }
    }

    [Theory]
    [InlineData(1, "hidden [2, 6], found [3, 6]")]
    [InlineData(2, "cell [2, 6], found [3, 6]")]
    [InlineData(3, "weight_ih [24, 4], found [25, 4]")]
    [InlineData(5, "bias_ih [24], found [25]")]
    public void ArgumentsThatDoNotFitAreRefused(int argument, string message)
    {
        using var scope = NewDisposeScope();
        var arguments = Layer.Of(5, 2, 4, 6).Arguments;
        var shape = arguments[argument].shape;
        shape[0]++;
        arguments[argument] = zeros(shape);
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Run(arguments));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void OtherTypesAreRefused()
    {
        using var scope = NewDisposeScope();
        var arguments = Layer.Of(5, 2, 4, 6).Arguments;
        arguments[6] = arguments[6].to(float64);
        Assert.Contains("bias_hh in float32", Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Run(arguments)).Message);
    }

    private static void Run(Tensor[] arguments) =>
        LstmKernel.Run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], arguments[6]);

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var error = (expected - actual).abs().max().item<float>();
        Assert.True(error <= tolerance * Math.Max(1, expected.abs().max().item<float>()), $"differs by {error}");
    }

    private delegate (Tensor Output, Tensor Hidden, Tensor Cell) Recurrent(
        Tensor input, Tensor hidden, Tensor cell, Tensor weightInput, Tensor weightHidden, Tensor biasInput, Tensor biasHidden);

    private sealed record Layer(Tensor[] Arguments, Tensor[] Weights)
    {
        internal static Layer Of(int steps, int batch, int inputs, int size)
        {
            manual_seed(3);
            Tensor Leaf(double scale, params long[] shape) => (randn(shape) * scale).requires_grad_(true);
            return new(
                [
                    Leaf(1, steps, batch, inputs), Leaf(1, batch, size), Leaf(1, batch, size), Leaf(0.4, 4 * size, inputs),
                    Leaf(0.3, 4 * size, size), Leaf(0.2, 4 * size), Leaf(0.2, 4 * size),
                ],
                [randn(steps, batch, size), randn(batch, size), randn(batch, size)]);
        }

        internal Tensor Loss(Recurrent layer)
        {
            var (output, hidden, cell) = Call(layer);
            return ((output * Weights[0]).sum() + (hidden * Weights[1]).sum() + (cell * Weights[2]).sum()) / output.numel();
        }

        internal Tensor[] Run(Recurrent layer)
        {
            var (output, hidden, cell) = Call(layer);
            ((output * Weights[0]).sum() + (hidden * Weights[1]).sum() + (cell * Weights[2]).sum()).div(output.numel()).backward();
            return [output, hidden, cell, .. Arguments.Select(argument => argument.grad!)];
        }

        private (Tensor Output, Tensor Hidden, Tensor Cell) Call(Recurrent layer) =>
            layer(Arguments[0], Arguments[1], Arguments[2], Arguments[3], Arguments[4], Arguments[5], Arguments[6]);
    }
}
