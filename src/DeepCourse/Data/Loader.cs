using System.Collections.Concurrent;

namespace DeepCourse.Data;

/// <summary>
/// Batches made in the background: worker threads read and encode items a few batches ahead, the consumer's thread
/// collates them into tensors.
/// </summary>
/// <typeparam name="TEncoded">One encoded item: managed buffers only.</typeparam>
/// <typeparam name="TX">Inputs of a batch: a tensor or a record of tensors.</typeparam>
/// <typeparam name="TY">Targets of a batch: a tensor or a record of tensors.</typeparam>
/// <remarks>
/// Seed and epoch decide which items a batch holds and what chance does to them, at any number of workers. An error of
/// an item surfaces where its batch would have been. The workers end with the enumeration, however it ends.
/// </remarks>
/// <param name="source">Encodes items; called from several threads at once.</param>
/// <param name="collate">Joins at least one encoded item into CPU tensors, in the consumer's dispose scope.</param>
/// <param name="options">Batch size, order, workers, device.</param>
public sealed class Loader<TEncoded, TX, TY>(
    IItemSource<TEncoded> source,
    Func<IReadOnlyList<TEncoded>, Batch<TX, TY>> collate,
    LoaderOptions options) : ILoader<TX, TY>
{
    private readonly LoaderOptions _options = options.Checked();
    private readonly ConcurrentDictionary<int, SkippedItem> _skipped = new();

    /// <inheritdoc/>
    public int Count => _options.BatchesIn(_options.Sampler.CountOf(source.Count));

    /// <inheritdoc/>
    public int ItemCount => _options.ItemsIn(_options.Sampler.CountOf(source.Count));

    /// <inheritdoc/>
    public Shard Shard => _options.Shard;

    /// <summary>The unreadable items left out so far, each once, in the order of the data set.</summary>
    public IReadOnlyList<SkippedItem> Skipped => [.. _skipped.Values.OrderBy(item => item.Index)];

    /// <inheritdoc/>
    /// <exception cref="ItemException">An item could not be read, or reading it is faulty.</exception>
    /// <remarks>A batch whose items were all skipped is left out.</remarks>
    public IEnumerable<Batch<TX, TY>> Batches(
        int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        BatchPlace.Require(epoch, firstBatch, Count);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch<TX, TY>> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        var order = _options.Sampler.Order(source.Count, _options.BatchSize, Chance.ForEpoch(_options.Seed, epoch));
        var encoded = _options.Workers == 0
            ? EncodeHere(order, epoch, firstBatch)
            : EncodeAhead(order, epoch, firstBatch, cancellation);
        foreach (var items in encoded)
        {
            if (items.Count > 0 && !cancellation.IsCancellationRequested) yield return Collate(items);
            if (cancellation.IsCancellationRequested) yield break;
        }
    }

    private IEnumerable<List<TEncoded>> EncodeAhead(
        int[] order, int epoch, int firstBatch, CancellationToken cancellation)
    {
        using var workers = new Prefetcher<TEncoded>(
            (firstBatch * _options.BatchSize)..ItemCount, _options, position => Encode(order[position], epoch, position));
        using var registration = cancellation.Register(workers.Stop);
        for (var index = firstBatch; index < Count; index++)
        {
            if (workers.Next() is not { } items) yield break;
            yield return items;
        }
    }

    private IEnumerable<List<TEncoded>> EncodeHere(int[] order, int epoch, int firstBatch)
    {
        var itemCount = ItemCount;
        for (var start = firstBatch * _options.BatchSize; start < itemCount; start += _options.BatchSize)
        {
            var batch = new EncodedBatch<TEncoded>(Math.Min(_options.BatchSize, itemCount - start));
            var slots = Math.Min(_options.BatchSize, itemCount - start);
            for (var slot = 0; slot < slots; slot++) batch.Put(slot, Encode(order[start + slot], epoch, start + slot));
            yield return batch.Take();
        }
    }

    private EncodedBatch<TEncoded>.Outcome Encode(int index, int epoch, int position)
    {
        try
        {
            return new(true, source.Encode(index, Chance.ForItem(_options.Seed, epoch, _options.Sampler.PlaceOf(position))), null);
        }
        catch (Exception exception)
        {
            var name = NameOf(index);
            if (_options.Unreadable == UnreadableItems.Skip && UnreadableFile.Explains(exception))
            {
                var skipped = new SkippedItem(index, name, exception.Message);
                if (_skipped.TryAdd(index, skipped)) _options.OnSkip?.Invoke(skipped);
                return default;
            }
            return new(false, default, new ItemException(index, name, exception));
        }
    }

    // Whatever broke the item may break its name too; the first error is the one to report.
    private string NameOf(int index)
    {
        try
        {
            return source.NameOf(index);
        }
        catch (Exception)
        {
            return $"#{index}";
        }
    }

    private Batch<TX, TY> Collate(List<TEncoded> items)
    {
        Batch<TX, TY> batch;
        try
        {
            batch = collate(items);
        }
        finally
        {
            foreach (var item in items) (item as IDisposable)?.Dispose();
        }
        return _options.Device is { } device ? batch.To(device) : batch;
    }
}
