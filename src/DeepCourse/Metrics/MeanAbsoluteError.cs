using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>How far the outputs are from the targets on average, in the unit of the targets.</summary>
/// <remarks>Output and targets: any shape, the same for both.</remarks>
public sealed class MeanAbsoluteError : MeanMetric<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override string Name => "mean absolute error";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    protected override (Tensor Mean, long Count) Measure(Tensor output, Tensor targets)
    {
        Guard.SameShape(output, targets);
        return (output.sub(targets).abs().to_type(ScalarType.Float64).mean(), output.size(0));
    }
}
