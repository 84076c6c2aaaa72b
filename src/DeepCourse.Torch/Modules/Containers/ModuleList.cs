using System.Collections;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules by position, registered as "0", "1", ...</summary>
public class ModuleList<T> : Module, IList<T> where T : Module
{
    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => extend(modules);

    public int Count => _internal_submodules.Count;

    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => (T)_internal_submodules[index].Item2;
        set => Rebuild([.. this.Take(index), value, .. this.Skip(index + 1)]);
    }

    public void Add(T item) => register_module(Count.ToString(), item);

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules)
    {
        foreach (var module in modules.ToArray()) Add(module);
    }

    public void Insert(int index, T item) => Rebuild([.. this.Take(index), item, .. this.Skip(index)]);

    public bool Remove(T item)
    {
        var index = IndexOf(item);
        if (index >= 0) RemoveAt(index);
        return index >= 0;
    }

    public void RemoveAt(int index) => Rebuild([.. this.Take(index), .. this.Skip(index + 1)]);

    public void Clear() => ClearModules();

    public bool Contains(T item) => IndexOf(item) >= 0;

    public int IndexOf(T item)
    {
        for (var index = 0; index < Count; index++)
        {
            if (ReferenceEquals(this[index], item)) return index;
        }
        return -1;
    }

    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var module in this) array[arrayIndex++] = module;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to look for in fields: modules register as they are added.</summary>
    protected override void RegisterComponents()
    {
    }

    // Names are positions, so a change in the middle renames all that follows.
    private void Rebuild(T[] modules)
    {
        ClearModules();
        extend(modules);
    }
}
