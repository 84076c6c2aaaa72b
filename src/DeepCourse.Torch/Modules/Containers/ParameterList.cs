using System.Collections;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Parameters by position, registered as "0", "1", ...</summary>
public class ParameterList : Module, IList<Parameter>
{
    public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => extend(parameters);

    public int Count => _internal_params.Count;

    public bool IsReadOnly => false;

    public Parameter this[int index]
    {
        get => _internal_params[index].Item2;
        set => Rebuild([.. this.Take(index), value, .. this.Skip(index + 1)]);
    }

    public void Add(Parameter item) => register_parameter(Count.ToString(), item);

    public void append(params Parameter[] parameters) => extend(parameters);

    public void extend(IEnumerable<Parameter> parameters)
    {
        foreach (var parameter in parameters.ToArray()) Add(parameter);
    }

    public void Insert(int index, Parameter item) => Rebuild([.. this.Take(index), item, .. this.Skip(index)]);

    public bool Remove(Parameter item)
    {
        var index = IndexOf(item);
        if (index >= 0) RemoveAt(index);
        return index >= 0;
    }

    public void RemoveAt(int index) => Rebuild([.. this.Take(index), .. this.Skip(index + 1)]);

    public void Clear() => _internal_params.Clear();

    public bool Contains(Parameter item) => IndexOf(item) >= 0;

    public int IndexOf(Parameter item)
    {
        for (var index = 0; index < Count; index++)
        {
            if (ReferenceEquals(this[index], item)) return index;
        }
        return -1;
    }

    public void CopyTo(Parameter[] array, int arrayIndex)
    {
        foreach (var parameter in this) array[arrayIndex++] = parameter;
    }

    public IEnumerator<Parameter> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to look for in fields: parameters register as they are added.</summary>
    protected override void RegisterComponents()
    {
    }

    // Names are positions, so a change in the middle renames all that follows.
    private void Rebuild(Parameter[] parameters)
    {
        Clear();
        extend(parameters);
    }
}
