namespace DeepCourse.Metrics;

/// <summary>A metric that compares outputs with targets.</summary>
/// <typeparam name="TOut">What the model gives.</typeparam>
/// <typeparam name="TY">What the batch has as targets.</typeparam>
/// <remarks>
/// <b>Extending.</b> Most metrics are a mean over items: derive from <see cref="MeanMetric{TOut, TY}"/>. Others add up
/// what they need in tensors on the device of the output, taken out of the batch's dispose scope with
/// <c>DetachFromDisposeScope</c> and freed in <see cref="Metric.Reset"/> and <see cref="Metric.Dispose(bool)"/>, and do
/// their arithmetic in <see cref="Metric.Value"/>: a number read per batch would stall a GPU.
/// </remarks>
public abstract class Metric<TOut, TY> : Metric
{
    /// <summary>Takes in a batch.</summary>
    /// <param name="output">What the model gave, [batch, ...].</param>
    /// <param name="targets">What it should have given, [batch, ...].</param>
    public abstract void Update(TOut output, TY targets);
}
