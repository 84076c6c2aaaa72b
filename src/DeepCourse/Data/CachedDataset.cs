namespace DeepCourse.Data;

/// <summary>Keeps every item of another data set in memory once it was read.</summary>
/// <typeparam name="T">The raw item.</typeparam>
/// <remarks>Worth it where decoding costs more than the space; an item that failed to load is tried again.</remarks>
/// <param name="source">The data set that is slow to read.</param>
public sealed class CachedDataset<T>(IDataset<T> source) : IDataset<T>
{
    private readonly Entry?[] _entries = new Entry?[source.Count];

    /// <inheritdoc/>
    public int Count => source.Count;

    /// <summary>The number of items in memory.</summary>
    public int CachedCount => _entries.Count(entry => entry is { IsRead: true });

    /// <inheritdoc/>
    public T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_entries.Length)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"The data set has {Count} items.");
            var entry = Volatile.Read(ref _entries[index])
                ?? Interlocked.CompareExchange(ref _entries[index], new(), null)
                ?? _entries[index]!;
            return entry.Get(source, index);
        }
    }

    private sealed class Entry
    {
        private volatile bool _isRead;
        private T _value = default!;

        public bool IsRead => _isRead;

        public T Get(IDataset<T> source, int index)
        {
            if (_isRead) return _value;
            // One reader per item; readers of other items do not wait.
            lock (this)
            {
                if (_isRead) return _value;
                _value = source[index];
                _isRead = true;
                return _value;
            }
        }
    }
}
