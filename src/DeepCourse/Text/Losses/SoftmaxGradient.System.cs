using DeepCourse.Native;

namespace DeepCourse.Text.Losses;

/// <summary>Cross entropy and its gradient, in the memory of the logits.</summary>
internal static class SoftmaxGradient
{
    /// <inheritdoc cref="PlainSoftmaxGradient.Apply"/>
    public static Tensor Apply(Tensor logits, Tensor targets, double scale)
    {
        if (!SoftmaxRows.Suits(logits)) return PlainSoftmaxGradient.Apply(logits, targets, scale);
        var losses = empty(logits.size(0), ScalarType.Float32);
        SoftmaxRows.CrossEntropy_(logits, targets, losses, scale);
        return losses;
    }
}
