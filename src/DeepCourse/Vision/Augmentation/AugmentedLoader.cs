using DeepCourse.Data;

namespace DeepCourse.Vision.Augmentation;

/// <summary>Turns batches of bytes into augmented, normalised floats on the batch's device, targets by the same
/// draw.</summary>
/// <typeparam name="TY">Targets of a batch.</typeparam>
/// <remarks>The draw follows from seed, epoch and batch alone, at any number of workers; a resumed run meets the same
/// one. Where several processes share a batch, each picture meets what it would meet in one process.</remarks>
/// <param name="source">Gives uint8 pictures, [batch, height, width, 3].</param>
/// <param name="augmenter">What may happen to pictures.</param>
/// <param name="statistics">What the network wants its inputs normalised with.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="moveTargets">Moves masks, boxes or points with their pictures; by default targets stay.</param>
/// <param name="outside">What is seen beyond a picture's edge; by default its mirror image.</param>
public sealed class AugmentedLoader<TY>(
    ILoader<Tensor, TY> source,
    Augmenter augmenter,
    ImageStatistics statistics,
    int seed,
    Func<TY, BatchDraw, TY>? moveTargets = null,
    GridSamplePaddingMode outside = GridSamplePaddingMode.Reflection) : ILoader<Tensor, TY>, IDisposable
{
    /// <inheritdoc/>
    public int Count => source.Count;

    /// <inheritdoc/>
    public int ItemCount => source.ItemCount;

    /// <inheritdoc/>
    public Shard Shard => source.Shard;

    /// <inheritdoc/>
    public int CountIn(int epoch) => source.CountIn(epoch);

    /// <inheritdoc/>
    public IEnumerable<Batch<Tensor, TY>> Batches(
        int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        var index = firstBatch;
        foreach (var batch in source.Batches(epoch, firstBatch, cancellation))
            yield return Apply(batch, epoch, index++);
    }

    /// <summary>Disposes the source, where it is disposable.</summary>
    public void Dispose() => (source as IDisposable)?.Dispose();

    private Batch<Tensor, TY> Apply(Batch<Tensor, TY> batch, int epoch, int index)
    {
        var shape = batch.Inputs.shape;
        var random = Augmenter.RandomFor(seed, epoch, index);
        var draw = augmenter.Draw((int)shape[0], (double)shape[2] / shape[1], random, source.Shard);
        var targets = moveTargets is null ? batch.Targets : moveTargets(batch.Targets, draw);
        return batch with { Inputs = draw.ToImages(batch.Inputs, statistics, outside), Targets = targets };
    }
}
