using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Parameters by name, in the order in which they were added.</summary>
public class ParameterDict : Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
{
    public ParameterDict() : base(nameof(ParameterDict))
    {
    }

    public int Count => _internal_params.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => _internal_params.Keys;

    public ICollection<Parameter> Values => _internal_params.Values;

    public Parameter this[string key]
    {
        get => _internal_params[key];
        set => _internal_params[key] = value.Kept();
    }

    public (string, Parameter) this[int index]
    {
        get => _internal_params[index];
        set => _internal_params[index] = (value.Item1, value.Item2.Kept());
    }

    public void Add(string key, Parameter value) => register_parameter(key, value);

    public void Add(KeyValuePair<string, Parameter> item) => Add(item.Key, item.Value);

    public void Add((string, Parameter) item) => Add(item.Item1, item.Item2);

    public void Insert(int index, (string, Parameter) item) =>
        _internal_params.Insert(index, (item.Item1, item.Item2.Kept()));

    public void clear() => Clear();

    public void Clear() => _internal_params.Clear();

    public bool ContainsKey(string key) => _internal_params.ContainsKey(key);

    public bool Contains(KeyValuePair<string, Parameter> item) => Contains((item.Key, item.Value));

    public bool Contains((string, Parameter) item) => IndexOf(item) >= 0;

    // By identity: tensors compare by value, and equal values do not make the same parameter.
    public int IndexOf((string, Parameter) item)
    {
        for (var index = 0; index < Count; index++)
        {
            if (this[index].Item1 == item.Item1) return ReferenceEquals(this[index].Item2, item.Item2) ? index : -1;
        }
        return -1;
    }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) =>
        _internal_params.TryGetValue(key, out value);

    public bool Remove(string key) => _internal_params.Remove(key);

    public bool Remove(KeyValuePair<string, Parameter> item) => Remove((item.Key, item.Value));

    public bool Remove((string, Parameter) item) => Contains(item) && Remove(item.Item1);

    public void RemoveAt(int index) => _internal_params.RemoveAt(index);

    public IEnumerable<string> keys() => _internal_params.keys();

    public IEnumerable<Parameter> values() => _internal_params.values();

    public IEnumerator<(string, Parameter)> items() => GetEnumerator();

    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) =>
        _internal_params.CopyTo(array, arrayIndex);

    public void CopyTo((string, Parameter)[] array, int arrayIndex) => _internal_params.CopyTo(array, arrayIndex);

    public IEnumerator<(string, Parameter)> GetEnumerator() => _internal_params.GetEnumerator();

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator()
    {
        foreach (var (key, parameter) in this) yield return new(key, parameter);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to look for in fields: parameters register as they are added.</summary>
    protected override void RegisterComponents()
    {
    }
}
