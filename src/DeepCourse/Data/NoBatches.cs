namespace DeepCourse.Data;

/// <summary>A loader without a batch: for trainings that spare no items for validation.</summary>
/// <typeparam name="TX">The inputs of a batch.</typeparam>
/// <typeparam name="TY">The targets of a batch.</typeparam>
public sealed class NoBatches<TX, TY> : ILoader<TX, TY>
{
    /// <inheritdoc/>
    public int Count => 0;

    /// <inheritdoc/>
    public int ItemCount => 0;

    /// <inheritdoc/>
    public IEnumerable<Batch<TX, TY>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default) => [];
}
