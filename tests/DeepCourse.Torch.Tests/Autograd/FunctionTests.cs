using static TorchSharp.torch.autograd;

namespace DeepCourse.Torch.Tests.Autograd;

public class FunctionTests
{
    [Fact]
    public void TheGradientOfACustomFunctionEqualsItsCentralDifference()
    {
        using var scope = NewDisposeScope();
        var x = tensor([0.3, -1.2, 2.0], dtype: float64, requires_grad: true);
        var y = tensor([1.5, 0.5, -0.7], dtype: float64, requires_grad: true);
        ScaledProduct.apply(x, y, 3.0).pow(2).sum().backward();
        const double h = 1e-6;
        for (var i = 0; i < 3; i++)
        {
            var shift = zeros(3, dtype: float64);
            shift[i] = h;
            Tensor Loss(Tensor a, Tensor b) => (a * b * 3.0).pow(2).sum();
            var byX = (Loss(x + shift, y) - Loss(x - shift, y)).item<double>() / (2 * h);
            var byY = (Loss(x, y + shift) - Loss(x, y - shift)).item<double>() / (2 * h);
            Assert.Equal(byX, x.grad![i].item<double>(), 1e-6);
            Assert.Equal(byY, y.grad![i].item<double>(), 1e-6);
        }
    }

    [Fact]
    public void SeveralResultsGetTheirGradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0], requires_grad: true);
        var results = SumAndDifference.apply(x, tensor([3.0, 5.0]));
        (results[0] * 2).sum().backward(retain_graph: true);
        Assert.Equal([2.0, 2.0], Values(x.grad!));
        (results[1] * 5).sum().backward();
        Assert.Equal([-3.0, -3.0], Values(x.grad!));
    }

    [Fact]
    public void AnExceptionInBackwardComesOutOfBackward()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var loss = Broken.apply(x, "backward").sum();
        var fault = Assert.Throws<TimeZoneNotFoundException>(loss.backward);
        Assert.Equal("thrown in backward", fault.Message);
        Assert.Contains(nameof(Broken.backward), fault.StackTrace, StringComparison.Ordinal);
        Assert.Throws<TimeZoneNotFoundException>(() => autograd.grad([Broken.apply(x, "backward").sum()], [x]));
    }

    [Fact]
    public void AnExceptionInForwardComesOutOfApply() =>
        Assert.Throws<TimeZoneNotFoundException>(() => Broken.apply(ones(2, requires_grad: true), "forward"));

    [Fact]
    public void AWrongNumberOfGradientsIsRefused()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var loss = Broken.apply(x, "count").sum();
        var fault = Assert.Throws<InvalidOperationException>(loss.backward);
        Assert.Contains("backward returned 3 gradients", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFunctionCanBeDifferentiatedTwice()
    {
        using var scope = NewDisposeScope();
        var x = tensor([2.0, 3.0], dtype: float64, requires_grad: true);
        var first = autograd.grad([Cube.apply(x).sum()], [x], create_graph: true)[0];
        Assert.Equal([12.0, 27.0], Values(first));
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal([12.0, 18.0], Values(second));
    }

    [Fact]
    public void WithoutAGradientToComputeNothingIsKept()
    {
        using var scope = NewDisposeScope();
        var result = Cube.apply(ones(2));
        Assert.False(result.requires_grad);
        using (no_grad()) Assert.False(Cube.apply(ones(2, requires_grad: true)).requires_grad);
    }

    [Fact]
    public void TheContextIsClosedAfterTheCall()
    {
        using var scope = NewDisposeScope();
        Cube.apply(ones(2, requires_grad: true));
        Assert.Throws<InvalidOperationException>(() => Cube.LastContext!.get_saved_variables());
    }

    [Fact]
    public void TheCallIsFreedWithItsGraph()
    {
        var reference = MakeAndDrop();
        for (var i = 0; i < 10 && reference.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var drain = ones(1);
        }
        Assert.False(reference.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference MakeAndDrop()
    {
        using var scope = NewDisposeScope();
        Cube.apply(ones(2, requires_grad: true)).sum().backward();
        var reference = new WeakReference(Cube.LastContext);
        Cube.LastContext = null;
        return reference;
    }

    private static double[] Values(Tensor tensor) => tensor.to(float64).data<double>().ToArray();

    private sealed class ScaledProduct : SingleTensorFunction<ScaledProduct>
    {
        public override string Name => nameof(ScaledProduct);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1]]);
            ctx.save_data("factor", vars[2]);
            return (Tensor)vars[0] * (Tensor)vars[1] * (double)vars[2];
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            var factor = (double)ctx.get_data("factor");
            return [grad_output * saved[1] * factor, grad_output * saved[0] * factor, null!];
        }
    }

    private sealed class SumAndDifference : MultiTensorFunction<SumAndDifference>
    {
        public override string Name => nameof(SumAndDifference);

        public override List<Tensor> forward(AutogradContext ctx, params object[] vars) =>
            [(Tensor)vars[0] + (Tensor)vars[1], (Tensor)vars[1] - (Tensor)vars[0]];

        public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs) =>
            [grad_outputs[0] - grad_outputs[1], grad_outputs[0] + grad_outputs[1]];
    }

    private sealed class Cube : SingleTensorFunction<Cube>
    {
        internal static AutogradContext? LastContext { get; set; }

        public override string Name => nameof(Cube);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            LastContext = ctx;
            ctx.save_for_backward([(Tensor)vars[0]]);
            return ((Tensor)vars[0]).pow(3);
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
            [grad_output * 3 * ctx.get_saved_variables()[0].pow(2)];
    }

    private sealed class Broken : SingleTensorFunction<Broken>
    {
        private string where = "";

        public override string Name => nameof(Broken);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            where = (string)vars[1];
            return where == "forward" ? throw new TimeZoneNotFoundException("thrown in forward") : (Tensor)vars[0] * 2;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
            where == "count"
                ? [grad_output, grad_output, grad_output]
                : throw new TimeZoneNotFoundException("thrown in backward");
    }
}
