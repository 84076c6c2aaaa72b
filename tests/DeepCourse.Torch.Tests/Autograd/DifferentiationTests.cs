using System.Runtime.InteropServices;

namespace DeepCourse.Torch.Tests.Autograd;

public class DifferentiationTests
{
    [Fact]
    public void GradientsOfSeveralOutputsAddUp()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0], requires_grad: true);
        var y = tensor([3.0, 4.0], requires_grad: true);
        var gradients = autograd.grad([(x * y).sum(), (x * 10).sum()], [x, y]);
        Assert.Equal([13.0, 14.0], Values(gradients[0]));
        Assert.Equal([1.0, 2.0], Values(gradients[1]));
        Assert.Null(x.grad);
    }

    [Fact]
    public void OutputGradientsWeigh()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0], requires_grad: true);
        Assert.Equal([6.0, 40.0], Values(autograd.grad([x * x], [x], [tensor([3.0, 10.0])])[0]));
    }

    [Fact]
    public void AnUnusedInputIsAnErrorUnlessAllowed()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var unused = ones(1, requires_grad: true);
        Assert.Throws<ExternalException>(() => autograd.grad([x * 2], [x, unused]));
        var gradients = autograd.grad([x * 2], [x, unused], allow_unused: true);
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void TwiceDifferentiatedCubeIsSixX()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, dtype: float64, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];
        Assert.Equal((12.0, 12.0), (first.item<double>(), second.item<double>()));
    }

    [Fact]
    public void BackwardMayReachChosenInputsOnly()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = ones(2, requires_grad: true);
        autograd.backward([(x * y).sum()], inputs: [y]);
        Assert.Null(x.grad);
        Assert.Equal([1.0, 1.0], Values(y.grad!));
    }

    [Fact]
    public void AFreedGraphSaysSo()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var loss = (x * x).sum();
        loss.backward(retain_graph: true);
        loss.backward();
        var fault = Assert.Throws<ExternalException>(loss.backward);
        Assert.Contains("second time", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void GradModesNest()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
                using (set_grad_enabled(false)) Assert.False(is_grad_enabled());
                Assert.True(is_grad_enabled());
            }
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void GradModeIsTheThreadsOwn()
    {
        using var nothing = no_grad();
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void InferenceTensorsCannotBeRecorded()
    {
        using var scope = NewDisposeScope();
        Tensor made;
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False(is_grad_enabled());
            made = ones(2) * 2;
        }
        Assert.False(is_inference_mode_enabled());
        var weight = ones(2, requires_grad: true);
        Assert.Throws<ExternalException>(() => weight * made);
    }

    [Fact]
    public void AnomalyModeFindsTheNaN()
    {
        using var scope = NewDisposeScope();
        var x = tensor(-1.0, requires_grad: true);
        using (autograd.detect_anomaly())
        {
            Assert.True(AnomalyMode.IsEnabled);
            var fault = Assert.Throws<ExternalException>(() => x.sqrt().backward());
            Assert.Contains("nan", fault.Message, StringComparison.OrdinalIgnoreCase);
        }
        Assert.False(AnomalyMode.IsEnabled);
    }

    [Fact]
    public void TheJacobianOfAProduct()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0, 3.0], dtype: float64);
        var matrix = autograd.functional.jacobian((Tensor t) => t * t.sum(), x);
        Assert.Equal([3, 3], matrix.shape);
        Assert.Equal([7.0, 1, 1, 2, 8, 2, 3, 3, 9], Values(matrix));
        var parts = autograd.functional.jacobian((Tensor[] t) => t[0] * t[1], x, x * 2).ToArray();
        Assert.Equal([2.0, 4, 6], Values(parts[0].diag()));
        Assert.Equal([1.0, 2, 3], Values(parts[1].diag()));
    }

    private static double[] Values(Tensor tensor) => tensor.to(float64).data<double>().ToArray();
}
