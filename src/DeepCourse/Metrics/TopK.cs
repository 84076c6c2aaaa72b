using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>The share of items whose right class is among the k with the largest outputs.</summary>
/// <param name="k">How many classes may be named; at least 1.</param>
/// <remarks>Output: scores [batch, classes]. Targets: class numbers [batch].</remarks>
public sealed class TopK(int k) : MeanMetric<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override string Name => $"top {k}";

    /// <inheritdoc/>
    protected override (Tensor Mean, long Count) Measure(Tensor output, Tensor targets)
    {
        Guard.Rank(output, 2);
        Guard.Shape(targets, [output.size(0)], "[batch]");
        var named = output.topk(Math.Min(k, (int)output.size(1)), 1).indexes;
        var found = named.eq(targets.unsqueeze(1)).any(1);
        return (found.to_type(ScalarType.Float64).mean(), targets.numel());
    }
}
