using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Named modules in order that an heir runs on four inputs.</summary>
public abstract class Sequential<T1, T2, T3, T4, TResult> : Module<T1, T2, T3, T4, TResult>
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

    public Sequential<T1, T2, T3, T4, TResult> this[(int? start, int? end) index] =>
        Slice(index.start ?? 0, index.end ?? Count);

    public Sequential<T1, T2, T3, T4, TResult> this[Range index] =>
        Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, T4, TResult> append(string name, Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, T4, TResult> append(Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, Module sm) => register_module(name, sm);

    protected internal void Add(Module module) => Add(Count.ToString(), module);

    protected virtual Sequential<T1, T2, T3, T4, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"{GetType().Name} has no slices: it does not override Slice.");
}

/// <summary>Named modules in order that an heir runs on five inputs.</summary>
public abstract class Sequential<T1, T2, T3, T4, T5, TResult> : Module<T1, T2, T3, T4, T5, TResult>
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

    public Sequential<T1, T2, T3, T4, T5, TResult> this[(int? start, int? end) index] =>
        Slice(index.start ?? 0, index.end ?? Count);

    public Sequential<T1, T2, T3, T4, T5, TResult> this[Range index] =>
        Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, T4, T5, TResult> append(string name, Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, T4, T5, TResult> append(Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, Module sm) => register_module(name, sm);

    protected internal void Add(Module module) => Add(Count.ToString(), module);

    protected virtual Sequential<T1, T2, T3, T4, T5, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"{GetType().Name} has no slices: it does not override Slice.");
}

/// <summary>Named modules in order that an heir runs on six inputs.</summary>
public abstract class Sequential<T1, T2, T3, T4, T5, T6, TResult> : Module<T1, T2, T3, T4, T5, T6, TResult>
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

    public Sequential<T1, T2, T3, T4, T5, T6, TResult> this[(int? start, int? end) index] =>
        Slice(index.start ?? 0, index.end ?? Count);

    public Sequential<T1, T2, T3, T4, T5, T6, TResult> this[Range index] =>
        Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, T4, T5, T6, TResult> append(string name, Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, T4, T5, T6, TResult> append(Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, Module sm) => register_module(name, sm);

    protected internal void Add(Module module) => Add(Count.ToString(), module);

    protected virtual Sequential<T1, T2, T3, T4, T5, T6, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"{GetType().Name} has no slices: it does not override Slice.");
}
