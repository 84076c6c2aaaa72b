using DeepCourse.Tensors;

namespace DeepCourse.Data;

/// <summary>Batches picked from tensors that are on the device as a whole: features of a frozen backbone, small sets.</summary>
/// <typeparam name="TX">A tensor or an <see cref="ISelectable{TSelf}"/>.</typeparam>
/// <typeparam name="TY">A tensor or an <see cref="ISelectable{TSelf}"/>.</typeparam>
/// <remarks>
/// The tensors belong to the caller and must outlive the loader, so they must not sit in a dispose scope that ends
/// earlier. Each batch is a copy, so whoever gets it may change it in place.
/// </remarks>
/// <param name="inputs">Inputs of all items; the first axis is the item.</param>
/// <param name="targets">Targets of all items; the first axis is the item.</param>
/// <param name="count">The number of items.</param>
/// <param name="options">
/// Batch size, order, seed, and the device where the tensors are; workers and prefetch do not apply.
/// </param>
public sealed class TensorLoader<TX, TY>(TX inputs, TY targets, int count, LoaderOptions options) : ILoader<TX, TY>
{
    private readonly LoaderOptions _options = options.Checked();

    /// <inheritdoc/>
    public int Count => _options.BatchesIn(_options.Sampler.CountOf(count));

    /// <inheritdoc/>
    public int ItemCount => _options.ItemsIn(_options.Sampler.CountOf(count));

    /// <inheritdoc/>
    public Shard Shard => _options.Shard;

    /// <inheritdoc/>
    public IEnumerable<Batch<TX, TY>> Batches(
        int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        BatchPlace.Require(epoch, firstBatch, Count);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch<TX, TY>> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        var order = _options.Sampler.Order(count, _options.BatchSize, Chance.ForEpoch(_options.Seed, epoch));
        var itemCount = ItemCount;
        for (var start = firstBatch * _options.BatchSize; start < itemCount; start += _options.BatchSize)
        {
            if (cancellation.IsCancellationRequested) yield break;
            var size = Math.Min(_options.BatchSize, itemCount - start);
            yield return Pick(order.AsSpan(start, size));
        }
    }

    private Batch<TX, TY> Pick(ReadOnlySpan<int> order)
    {
        var indices = new long[order.Length];
        for (var index = 0; index < indices.Length; index++) indices[index] = order[index];
        using var known = torch.tensor(indices);
        using var picked = known.Place(_options.Device ?? Devices.Cpu);
        return new(Pick(inputs, picked), Pick(targets, picked), indices.Length);
    }

    private static T Pick<T>(T values, Tensor indices) => values switch
    {
        Tensor tensor => (T)(object)tensor.index_select(0, indices.to(tensor.device)),
        ISelectable<T> record => record.Select(indices),
        _ => throw new NotSupportedException(
            $"Items can't be picked from {typeof(T).Name}: let it implement ISelectable<{typeof(T).Name}>."),
    };
}
