using DeepCourse.Data;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>From objects to labels: the multi-label classifier's view of annotated pictures.</summary>
public static class LabelLoading
{
    /// <summary>The same batches with a picture's classes as targets: which are in it, not where or how often.</summary>
    /// <remarks>An object that augmentation moved out of sight takes its label along.</remarks>
    /// <param name="data">Loaders of pictures with objects.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>Loaders whose targets are float32, [batch, classes], 0 or 1.</returns>
    public static Loaders<Tensor, Tensor> ForLabels(this Loaders<Tensor, DetectionTargets> data, int classes)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(new LabelLoader(data.Train, classes), new LabelLoader(data.Validation, classes));
    }

    private sealed class LabelLoader(ILoader<Tensor, DetectionTargets> source, int classes)
        : ILoader<Tensor, Tensor>, IDisposable
    {
        public int Count => source.Count;

        public int ItemCount => source.ItemCount;

        public Shard Shard => source.Shard;

        public int CountIn(int epoch) => source.CountIn(epoch);

        public IEnumerable<Batch<Tensor, Tensor>> Batches(
            int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            foreach (var batch in source.Batches(epoch, firstBatch, cancellation))
                yield return new(batch.Inputs, batch.Targets.ToLabels(classes), batch.Size);
        }

        public void Dispose() => (source as IDisposable)?.Dispose();
    }
}
