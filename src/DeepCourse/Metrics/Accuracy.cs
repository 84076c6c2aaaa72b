using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>The share of items whose largest output belongs to the right class.</summary>
/// <remarks>Output: scores [batch, classes, ...]. Targets: class numbers [batch, ...], or soft targets of the
/// output's shape, whose largest class counts as the right one.</remarks>
public sealed class Accuracy : MeanMetric<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    protected override (Tensor Mean, long Count) Measure(Tensor output, Tensor targets)
    {
        var predicted = output.argmax(1);
        var classes = targets.dim() == output.dim() ? targets.argmax(1) : targets;
        Guard.SameShape(classes, predicted, nameof(targets), nameof(output));
        return (predicted.eq(classes).to_type(ScalarType.Float64).mean(), classes.numel());
    }
}
