using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class SoftmaxRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(40, 1003)]
    public void LossesAndGradientAreThoseOfCrossEntropy(int rows, int classes)
    {
        using var scope = NewDisposeScope();
        var (logits, targets) = Draw(rows, classes);
        var losses = empty(rows);
        var work = logits.detach().clone();

        SoftmaxRows.CrossEntropy_(work, targets, losses, 0.5);

        var expected = nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.None);
        expected.sum().mul(0.5).backward();
        Assert.True((expected - losses).abs().max().item<float>() < 1e-5);
        Assert.True((logits.grad! - work).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void ExtremeLogitsStayFinite()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 1e4f, -1e4f, 0, 88, 300, -300 }, [2, 3]);
        var losses = empty(2);
        SoftmaxRows.CrossEntropy_(logits, tensor(new long[] { 1, 1 }), losses, 1);
        Assert.Equal(20_000, losses[0].item<float>(), 0.1);
        Assert.Equal(0, losses[1].item<float>(), 1e-5);
        Assert.True(logits.isfinite().all().item<bool>());
    }

    [Fact]
    public void WithScaleNoughtTheLogitsStay()
    {
        using var scope = NewDisposeScope();
        var (logits, targets) = Draw(4, 9);
        var work = logits.detach().clone();
        SoftmaxRows.CrossEntropy_(work, targets, empty(4), 0);
        Assert.True(work.equal(logits.detach()).all().item<bool>());
    }

    [Fact]
    public void IgnoredTargetsCountNothing()
    {
        using var scope = NewDisposeScope();
        var (logits, _) = Draw(3, 5);
        var work = logits.detach().clone();
        var losses = empty(3);
        SoftmaxRows.CrossEntropy_(work, tensor(new long[] { 2, -100, 4 }), losses, 1);
        Assert.Equal(0, losses[1].item<float>());
        Assert.Equal(0, work[1].abs().sum().item<float>());
        Assert.True(losses[0].item<float>() > 0);
    }

    [Fact]
    public void NarrowLogitsGiveNearlyTheSame()
    {
        using var scope = NewDisposeScope();
        var (logits, targets) = Draw(16, 500);
        var (wide, narrow) = (logits.detach().clone(), logits.detach().to(ScalarType.BFloat16));
        var (expected, actual) = (empty(16), empty(16));
        SoftmaxRows.CrossEntropy_(wide, targets, expected, 1);
        SoftmaxRows.CrossEntropy_(narrow, targets, actual, 1);
        Assert.True((expected - actual).abs().max().item<float>() < 0.03);
        Assert.True((wide - narrow.to(ScalarType.Float32)).abs().max().item<float>() < 0.01);
    }

    [Fact]
    public void ATargetOutsideTheClassesIsRefused()
    {
        using var scope = NewDisposeScope();
        var (logits, _) = Draw(2, 5);
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(
            () => SoftmaxRows.CrossEntropy_(logits.detach(), tensor(new long[] { 1, 5 }), empty(2), 1));
        Assert.Contains("Target 5", error.Message);
    }

    private static (Tensor Logits, Tensor Targets) Draw(int rows, int classes)
    {
        manual_seed(11);
        return ((randn(rows, classes) * 3).requires_grad_(true), randint(0, classes, rows, dtype: int64));
    }
}
