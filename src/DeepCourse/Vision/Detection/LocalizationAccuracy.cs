using DeepCourse.Metrics;

namespace DeepCourse.Vision.Detection;

/// <summary>The share of items whose box is found: intersection over union of at least a threshold.</summary>
/// <remarks>Output and targets: boxes, [batch, 4], both in pixels or both as shares.</remarks>
/// <param name="threshold">The overlap that counts as found; 0.5 in Pascal VOC and ImageNet.</param>
public sealed class LocalizationAccuracy(double threshold = 0.5) : MeanMetric<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override string Name => $"localization at IoU {threshold}";

    /// <inheritdoc/>
    protected override (Tensor Mean, long Count) Measure(Tensor output, Tensor targets)
    {
        var found = Found(output, targets, threshold);
        return (found.mean(), found.numel());
    }

    /// <summary>Which boxes are found, for metrics over records (<see cref="MeanOf.Items"/>).</summary>
    /// <param name="output">Predicted boxes, [..., 4].</param>
    /// <param name="targets">True boxes, [..., 4].</param>
    /// <param name="threshold">The overlap that counts as found.</param>
    /// <returns>float32, [...], 1 or 0.</returns>
    public static Tensor Found(Tensor output, Tensor targets, double threshold = 0.5)
    {
        using var scope = torch.NewDisposeScope();
        return BoxMath.PairedIoU(output, targets).ge(threshold).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
