using DeepCourse.Metrics;

namespace DeepCourse.Vision.Detection;

/// <summary>Mean intersection over union of one predicted box and one true box an item.</summary>
/// <remarks>Output and targets: boxes, [batch, 4], both in pixels or both as shares. For records of tensors use
/// <see cref="MeanOf.Items"/> with <see cref="BoxMath.PairedIoU"/>.</remarks>
public sealed class MeanIoU : MeanMetric<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override string Name => "mean IoU";

    /// <inheritdoc/>
    protected override (Tensor Mean, long Count) Measure(Tensor output, Tensor targets)
    {
        var items = BoxMath.PairedIoU(output, targets);
        return (items.mean(), items.numel());
    }
}
