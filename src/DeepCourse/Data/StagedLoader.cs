namespace DeepCourse.Data;

/// <summary>Several loaders, each for some epochs.</summary>
/// <param name="stages">At least one, by rising first epoch; the first begins at 0.</param>
/// <param name="inUse">What the loader to learn from leaves for the one to judge by.</param>
/// <param name="leads">Whether the epoch decides; else the stage last learned from does.</param>
internal sealed class StagedLoader<TX, TY>(
    IReadOnlyList<(int FirstEpoch, ILoader<TX, TY> Loader)> stages, StageInUse inUse, bool leads) : ILoader<TX, TY>, IDisposable
{
    public int Count => Current.Count;

    public int ItemCount => Current.ItemCount;

    public Shard Shard => Current.Shard;

    // Before any training a network is judged as it would be after it.
    private ILoader<TX, TY> Current => stages[inUse.Index ?? (leads ? 0 : stages.Count - 1)].Loader;

    public int CountIn(int epoch) => (leads ? stages[StageOf(epoch)].Loader : Current).CountIn(epoch);

    public IEnumerable<Batch<TX, TY>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (leads) inUse.Index = StageOf(epoch);
        return Current.Batches(epoch, firstBatch, cancellation);
    }

    public void Dispose()
    {
        foreach (var (_, loader) in stages) (loader as IDisposable)?.Dispose();
    }

    private int StageOf(int epoch)
    {
        var stage = 0;
        while (stage + 1 < stages.Count && stages[stage + 1].FirstEpoch <= epoch) stage++;
        return stage;
    }
}
