using DeepCourse.Native;
using static TorchSharp.torch.optim;

namespace DeepCourse.Torch.Tests.Extras;

public class MixedPrecisionTests
{
    [Fact]
    public void AutocastComputesProductsInBfloat16AndSumsInFloat32()
    {
        using var scope = NewDisposeScope();
        var x = randn(4, 4);
        using (new Autocast(DeviceType.CPU))
        {
            Assert.True(Autocast.IsEnabled(DeviceType.CPU));
            Assert.Equal(ScalarType.BFloat16, x.matmul(x).dtype);
            Assert.Equal(ScalarType.Float32, (x + x).dtype);
            using (new Autocast(DeviceType.CPU, enabled: false)) Assert.Equal(ScalarType.Float32, x.matmul(x).dtype);
            Assert.Equal(ScalarType.BFloat16, x.matmul(x).dtype);
        }
        Assert.False(Autocast.IsEnabled(DeviceType.CPU));
        Assert.Equal(ScalarType.Float32, x.matmul(x).dtype);
    }

    [Fact]
    public void GradientsOfCastWeightsAreFloat32()
    {
        using var scope = NewDisposeScope();
        var weight = randn(4, 4, requires_grad: true);
        Tensor loss;
        using (new Autocast(DeviceType.CPU)) loss = randn(2, 4).matmul(weight).to(float32).sum();
        loss.backward();
        Assert.Equal(ScalarType.Float32, weight.grad!.dtype);
    }

    [Fact]
    public void ChangedWeightsAreCastAgainInTheNextRegion()
    {
        using var scope = NewDisposeScope();
        var weight = ones(1, 1, requires_grad: true);
        float Product()
        {
            using var region = new Autocast(DeviceType.CPU);
            return ones(1, 1).matmul(weight).to(float32).item<float>();
        }

        Assert.Equal(1, Product());
        using (no_grad()) weight.mul_(3);
        Assert.Equal(3, Product());
    }

    [Fact]
    public void AutocastRefusesATypeThatTheDeviceLacks() =>
        Assert.Throws<ArgumentException>(() => new Autocast(DeviceType.CPU, ScalarType.Float16));

    [Fact]
    public void TheScalerStepsBacksOffAndGrows()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(3));
        using var optimizer = SGD([parameter], 1);
        var scaler = new GradScaler(initialScale: 8, growthInterval: 2);

        bool Iterate(double slope)
        {
            optimizer.zero_grad();
            scaler.Scale((parameter * slope).sum()).backward();
            var stepped = scaler.Step(optimizer);
            scaler.Update();
            return stepped;
        }

        Assert.True(Iterate(0.5));
        Assert.Equal(-0.5f, parameter[0].item<float>());
        Assert.Equal(8, scaler.Factor);
        Assert.False(Iterate(double.PositiveInfinity));
        Assert.Equal(-0.5f, parameter[0].item<float>());
        Assert.Equal((4.0, 0), (scaler.State.Scale, scaler.State.GoodSteps));
        Assert.True(Iterate(0.25));
        Assert.True(Iterate(0.25));
        Assert.Equal(8, scaler.Factor);
        Assert.Equal(-1f, parameter[0].item<float>());
    }

    [Fact]
    public void UnscaledGradientsAreReadyForClipping()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(3));
        using var optimizer = SGD([parameter], 1);
        var scaler = new GradScaler(initialScale: 1024);
        scaler.Scale((parameter * 3).sum()).backward();
        scaler.Unscale(optimizer);
        Assert.Equal(3f, parameter.grad![0].item<float>());
        Assert.Throws<InvalidOperationException>(() => scaler.Unscale(optimizer));
        Assert.True(scaler.Step(optimizer));
        Assert.Throws<InvalidOperationException>(() => scaler.Step(optimizer));
        Assert.Equal(-3f, parameter[0].item<float>());
        scaler.Update();
        Assert.Throws<InvalidOperationException>(scaler.Update);
    }

    [Fact]
    public void ADisabledScalerPassesThrough()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], 1);
        var scaler = new GradScaler(enabled: false);
        var loss = parameter.sum();
        Assert.Same(loss, scaler.Scale(loss));
        loss.backward();
        Assert.True(scaler.Step(optimizer));
        scaler.Update();
        Assert.Equal((1.0, -1f), (scaler.Factor, parameter[0].item<float>()));
    }
}
