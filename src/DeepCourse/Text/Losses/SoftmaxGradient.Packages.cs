namespace DeepCourse.Text.Losses;

/// <summary>Cross entropy and its gradient, in the memory of the logits.</summary>
internal static class SoftmaxGradient
{
    /// <inheritdoc cref="PlainSoftmaxGradient.Apply"/>
    public static Tensor Apply(Tensor logits, Tensor targets, double scale) =>
        PlainSoftmaxGradient.Apply(logits, targets, scale);
}
