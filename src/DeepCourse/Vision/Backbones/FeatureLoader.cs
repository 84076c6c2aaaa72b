using DeepCourse.Data;

namespace DeepCourse.Vision.Backbones;

/// <summary>Batches of kept features.</summary>
internal sealed class FeatureLoader<TY>(BackboneFeatures<TY> features, LoaderOptions options) : ILoader<Tensor, TY>
{
    private readonly LoaderOptions _options = options.Checked();

    public int Count => _options.BatchesIn(_options.Sampler.CountOf(features.ItemCount));

    public int ItemCount => _options.ItemsIn(_options.Sampler.CountOf(features.ItemCount));

    public Shard Shard => _options.Shard;

    public IEnumerable<Batch<Tensor, TY>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        BatchPlace.Require(epoch, firstBatch, Count);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch<Tensor, TY>> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        var random = Chance.ForEpoch(_options.Seed, epoch);
        var order = _options.Sampler.Order(features.ItemCount, _options.BatchSize, random);
        // Drawn for the whole epoch of all processes, so that a run resumed in its middle meets the same variants.
        var variants = new int[order.Length == 0 ? 0 : _options.Sampler.PlaceOf(order.Length - 1) + 1];
        for (var place = 0; place < variants.Length; place++) variants[place] = random.Next(features.Variants);
        long[] rows =
        [
            .. order.Select((item, position) =>
                item + (long)variants[_options.Sampler.PlaceOf(position)] * features.ItemCount),
        ];
        var itemCount = ItemCount;
        for (var start = firstBatch * _options.BatchSize; start < itemCount; start += _options.BatchSize)
        {
            if (cancellation.IsCancellationRequested) yield break;
            yield return features.Pick(rows[start..Math.Min(start + _options.BatchSize, itemCount)], _options.Device);
        }
    }
}
