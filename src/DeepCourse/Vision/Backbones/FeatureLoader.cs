using DeepCourse.Data;

namespace DeepCourse.Vision.Backbones;

/// <summary>Batches of kept features.</summary>
internal sealed class FeatureLoader<TY>(BackboneFeatures<TY> features, LoaderOptions options) : ILoader<Tensor, TY>
{
    private readonly LoaderOptions _options = options.Checked();

    public int Count => _options.BatchesIn(_options.Sampler.CountOf(features.ItemCount));

    public int ItemCount => _options.ItemsIn(_options.Sampler.CountOf(features.ItemCount));

    public IEnumerable<Batch<Tensor, TY>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, Count);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch<Tensor, TY>> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        var random = Chance.ForEpoch(_options.Seed, epoch);
        var order = _options.Sampler.Order(features.ItemCount, _options.BatchSize, random);
        // Drawn for the whole epoch, so that a run resumed in its middle meets the same variants.
        long[] rows = [.. order.Select(item => item + (long)random.Next(features.Variants) * features.ItemCount)];
        var itemCount = ItemCount;
        for (var start = firstBatch * _options.BatchSize; start < itemCount; start += _options.BatchSize)
        {
            if (cancellation.IsCancellationRequested) yield break;
            yield return features.Pick(rows[start..Math.Min(start + _options.BatchSize, itemCount)], _options.Device);
        }
    }
}
