using DeepCourse.Text.Losses;

namespace DeepCourse.Tests.Text.Losses;

/// <summary>The way that exists everywhere gives what the stack's own does.</summary>
public sealed class PlainSoftmaxGradientTests
{
    [Fact]
    public void LossesAndGradient_AreTheSame()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (logits, targets) = (randn(9, 33) * 4, randint(0, 33, 9, int64));
        var (left, right) = (logits.clone(), logits.clone());
        var plain = PlainSoftmaxGradient.Apply(left, targets, 0.25);
        var other = SoftmaxGradient.Apply(right, targets, 0.25);
        Assert.True(plain.allclose(other, 1e-5, 1e-6));
        Assert.True(left.allclose(right, 1e-5, 1e-7));
        Assert.True(plain.allclose(functional.cross_entropy(logits, targets, reduction: Reduction.None), 1e-5, 1e-6));
    }
}
