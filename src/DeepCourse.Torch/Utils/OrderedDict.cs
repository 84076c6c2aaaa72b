using System.Collections;
using System.Diagnostics.CodeAnalysis;

// The API declares no notnull constraint; a null key is refused by the dictionary at run time.
#pragma warning disable CS8714

namespace TorchSharp.Utils;

/// <summary>A dictionary that remembers insertion order and can be addressed by position.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
{
    private readonly Dictionary<TKey, TValue> _map = [];
    private readonly List<TKey> _order = [];

    public int Count => _order.Count;

    public bool IsReadOnly => false;

    public ICollection<TKey> Keys => [.. _order];

    public ICollection<TValue> Values => [.. values()];

    public TValue this[TKey key]
    {
        get => _map[key];
        set
        {
            if (!_map.ContainsKey(key)) _order.Add(key);
            _map[key] = value;
        }
    }

    public (TKey, TValue) this[int index]
    {
        get => (_order[index], _map[_order[index]]);
        set
        {
            RejectTaken(value.Item1, except: index);
            _map.Remove(_order[index]);
            _order[index] = value.Item1;
            _map[value.Item1] = value.Item2;
        }
    }

    public void Add(TKey key, TValue value)
    {
        _map.Add(key, value);
        _order.Add(key);
    }

    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    public void Insert(int index, (TKey, TValue) item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)Count, nameof(index));
        _map.Add(item.Item1, item.Item2);
        _order.Insert(index, item.Item1);
    }

    public void clear() => Clear();

    public void Clear()
    {
        _map.Clear();
        _order.Clear();
    }

    public bool ContainsKey(TKey key) => _map.ContainsKey(key);

    public bool Contains(KeyValuePair<TKey, TValue> item) => Contains((item.Key, item.Value));

    public bool Contains((TKey, TValue) item) =>
        _map.TryGetValue(item.Item1, out var value) && EqualityComparer<TValue>.Default.Equals(value, item.Item2);

    public int IndexOf((TKey, TValue) item) => Contains(item) ? _order.IndexOf(item.Item1) : -1;

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _map.TryGetValue(key, out value);

    public bool Remove(TKey key) => _map.Remove(key) && _order.Remove(key);

    public bool Remove(KeyValuePair<TKey, TValue> item) => Remove((item.Key, item.Value));

    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    public void RemoveAt(int index) => Remove(_order[index]);

    public IEnumerable<TKey> keys() => _order;

    public IEnumerable<TValue> values() => _order.Select(key => _map[key]);

    public IEnumerator<(TKey, TValue)> items() => GetEnumerator();

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in this) array[arrayIndex++] = new(key, value);
    }

    public void CopyTo((TKey, TValue)[] array, int arrayIndex)
    {
        foreach (var item in this) array[arrayIndex++] = item;
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator()
    {
        for (var index = 0; index < _order.Count; index++) yield return this[index];
    }

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator()
    {
        foreach (var (key, value) in this) yield return new(key, value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The entries as they are now: safe to walk while the dictionary is being changed.</summary>
    internal (TKey, TValue)[] Snapshot()
    {
        var entries = new (TKey, TValue)[Count];
        CopyTo(entries, 0);
        return entries;
    }

    private void RejectTaken(TKey key, int except)
    {
        var position = _order.IndexOf(key);
        if (position >= 0 && position != except)
            throw new ArgumentException($"The key '{key}' is already used by another entry.");
    }
}
