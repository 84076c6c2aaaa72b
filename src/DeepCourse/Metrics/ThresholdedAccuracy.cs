using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>The share of yes-or-no answers that are right, for several labels per item.</summary>
/// <param name="threshold">The probability from which on the answer is yes.</param>
/// <remarks>Output: logits of any shape. Targets: 0 or 1, of the same shape.</remarks>
public sealed class ThresholdedAccuracy(double threshold = 0.5) : MeanMetric<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override string Name => "accuracy by label";

    /// <inheritdoc/>
    protected override (Tensor Mean, long Count) Measure(Tensor output, Tensor targets)
    {
        Guard.SameShape(targets, output);
        var right = output.sigmoid().gt(threshold).eq(targets.gt(0.5));
        return (right.to_type(ScalarType.Float64).mean(), output.size(0));
    }
}
