namespace DeepCourse.Data;

/// <summary>One batch on its way through the workers: a slot per item, filled in any order.</summary>
internal sealed class EncodedBatch<TEncoded>(int size)
{
    private readonly Outcome[] _outcomes = new Outcome[size];
    private int _open = size;

    /// <summary>Whether every slot is filled.</summary>
    public bool Complete => Volatile.Read(ref _open) == 0;

    /// <summary>Fills one slot; says whether it was the last.</summary>
    public bool Put(int slot, Outcome outcome)
    {
        _outcomes[slot] = outcome;
        return Interlocked.Decrement(ref _open) == 0;
    }

    /// <summary>The encoded items in order, without the skipped ones; throws the first error in order.</summary>
    public List<TEncoded> Take()
    {
        var items = new List<TEncoded>(_outcomes.Length);
        foreach (var outcome in _outcomes)
        {
            if (outcome.Error != null)
            {
                Release();
                throw outcome.Error;
            }
            if (outcome.HasItem) items.Add(outcome.Item!);
        }
        return items;
    }

    /// <summary>Gives the buffers of a batch back that nobody is going to collate.</summary>
    public void Release()
    {
        foreach (var outcome in _outcomes) (outcome.Item as IDisposable)?.Dispose();
    }

    /// <summary>What became of one item: encoded, skipped (neither) or failed.</summary>
    public readonly record struct Outcome(bool HasItem, TEncoded? Item, ItemException? Error);
}
