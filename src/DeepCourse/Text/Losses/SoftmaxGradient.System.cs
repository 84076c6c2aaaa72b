using DeepCourse.Native;

namespace DeepCourse.Text.Losses;

/// <summary>Cross entropy and its gradient, in the memory of the logits.</summary>
internal static class SoftmaxGradient
{
    /// <inheritdoc cref="PlainSoftmaxGradient.Apply"/>
    public static Tensor Apply(Tensor logits, Tensor targets, double scale)
    {
        if (!SoftmaxRows.Suits(logits)) return Plain(logits, targets, scale);
        var losses = empty(logits.size(0), ScalarType.Float32);
        SoftmaxRows.CrossEntropy_(logits, targets, losses, scale);
        return losses;
    }

    // Exponentials of many classes are not to be summed in a narrow type.
    private static Tensor Plain(Tensor logits, Tensor targets, double scale)
    {
        if (logits.dtype is not (ScalarType.BFloat16 or ScalarType.Float16)) return PlainSoftmaxGradient.Apply(logits, targets, scale);
        var wide = logits.to(ScalarType.Float32);
        var losses = PlainSoftmaxGradient.Apply(wide, targets, scale);
        logits.copy_(wide);
        return losses;
    }
}
