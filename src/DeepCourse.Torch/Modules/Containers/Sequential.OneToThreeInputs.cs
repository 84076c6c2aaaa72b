using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Named modules in order that an heir runs on one input.</summary>
public abstract class Sequential<T, TResult> : Module<T, TResult>
{
    protected Sequential(params (string name, Module submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params Module[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    public Module this[int index] => _internal_submodules[index].Item2;

    public Sequential<T, TResult> this[(int? start, int? end) index] =>
        Slice(index.start ?? 0, index.end ?? Count);

    public Sequential<T, TResult> this[Range index] =>
        Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T, TResult> append(string name, Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T, TResult> append(Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, Module sm) => register_module(name, sm);

    protected internal void Add(Module module) => Add(Count.ToString(), module);

    protected virtual Sequential<T, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"{GetType().Name} has no slices: it does not override Slice.");
}

/// <summary>Named modules in order that an heir runs on two inputs.</summary>
public abstract class Sequential<T1, T2, TResult> : Module<T1, T2, TResult>
{
    protected Sequential(params (string name, Module submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params Module[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    public Module this[int index] => _internal_submodules[index].Item2;

    public Sequential<T1, T2, TResult> this[(int? start, int? end) index] =>
        Slice(index.start ?? 0, index.end ?? Count);

    public Sequential<T1, T2, TResult> this[Range index] =>
        Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, TResult> append(string name, Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, TResult> append(Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, Module sm) => register_module(name, sm);

    protected internal void Add(Module module) => Add(Count.ToString(), module);

    protected virtual Sequential<T1, T2, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"{GetType().Name} has no slices: it does not override Slice.");
}

/// <summary>Named modules in order that an heir runs on three inputs.</summary>
public abstract class Sequential<T1, T2, T3, TResult> : Module<T1, T2, T3, TResult>
{
    protected Sequential(params (string name, Module submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params Module[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    public Module this[int index] => _internal_submodules[index].Item2;

    public Sequential<T1, T2, T3, TResult> this[(int? start, int? end) index] =>
        Slice(index.start ?? 0, index.end ?? Count);

    public Sequential<T1, T2, T3, TResult> this[Range index] =>
        Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, TResult> append(string name, Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, TResult> append(Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, Module sm) => register_module(name, sm);

    protected internal void Add(Module module) => Add(Count.ToString(), module);

    protected virtual Sequential<T1, T2, T3, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"{GetType().Name} has no slices: it does not override Slice.");
}
