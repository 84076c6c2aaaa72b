using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in the order in which they were added.</summary>
public class ModuleDict<T> : Module, IDictionary<string, T>, IList<(string, T)> where T : Module
{
    public ModuleDict() : base(nameof(ModuleDict<T>))
    {
    }

    public int Count => _internal_submodules.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => _internal_submodules.Keys;

    public ICollection<T> Values => [.. values()];

    public T this[string key]
    {
        get => (T)_internal_submodules[key];
        set => _internal_submodules[key] = value;
    }

    public (string, T) this[int index]
    {
        get => (_internal_submodules[index].Item1, (T)_internal_submodules[index].Item2);
        set => _internal_submodules[index] = value;
    }

    public void Add(string key, T value) => register_module(key, value);

    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    public void Insert(int index, (string, T) item) => _internal_submodules.Insert(index, item);

    public void clear() => Clear();

    public void Clear() => ClearModules();

    public bool ContainsKey(string key) => _internal_submodules.ContainsKey(key);

    public bool Contains(KeyValuePair<string, T> item) => Contains((item.Key, item.Value));

    public bool Contains((string, T) item) => _internal_submodules.Contains(item);

    public int IndexOf((string, T) item) => _internal_submodules.IndexOf(item);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var found = _internal_submodules.TryGetValue(key, out var module);
        value = module as T;
        return found;
    }

    public bool Remove(string key) => _internal_submodules.Remove(key);

    public bool Remove(KeyValuePair<string, T> item) => Remove((item.Key, item.Value));

    public bool Remove((string, T) item) => Contains(item) && Remove(item.Item1);

    public void RemoveAt(int index) => _internal_submodules.RemoveAt(index);

    public IEnumerable<string> keys() => _internal_submodules.keys();

    public IEnumerable<T> values() => _internal_submodules.values().Cast<T>();

    public IEnumerator<(string, T)> items() => GetEnumerator();

    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex)
    {
        foreach (var (key, module) in this) array[arrayIndex++] = new(key, module);
    }

    public void CopyTo((string, T)[] array, int arrayIndex)
    {
        foreach (var item in this) array[arrayIndex++] = item;
    }

    public IEnumerator<(string, T)> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator()
    {
        foreach (var (key, module) in this) yield return new(key, module);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to look for in fields: modules register as they are added.</summary>
    protected override void RegisterComponents()
    {
    }
}
