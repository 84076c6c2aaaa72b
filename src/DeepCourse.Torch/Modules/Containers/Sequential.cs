using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Modules run one after another. Intermediate results are disposed as soon as the next module has used them: a hook
/// that keeps one must keep an alias.
/// </summary>
public class Sequential : Module<Tensor, Tensor>
{
    // The children again, for the hot path: the registry is a dictionary.
    private readonly List<IModule<Tensor, Tensor>> _modules = [];

    protected internal Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected internal Sequential(params Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(NextName, module);
    }

    public int Count => _modules.Count;

    public IModule<Tensor, Tensor> this[int index] => _modules[index];

    /// <summary>A sequence of the same modules, from start up to but without end.</summary>
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    public Sequential this[Range index]
    {
        get
        {
            var (offset, length) = index.GetOffsetAndLength(Count);
            return Slice(offset, offset + length);
        }
    }

    public Sequential append(string name, IModule<Tensor, Tensor> module)
    {
        Add(name, module);
        return this;
    }

    public Sequential append(IModule<Tensor, Tensor> module) => append(NextName, module);

    public override Tensor forward(Tensor tensor)
    {
        if (_modules.Count == 0) return tensor.alias();
        var current = _modules[0].call(tensor);
        for (var index = 1; index < _modules.Count; index++)
        {
            var next = _modules[index].call(current);
            // A module may hand back what it was given (in-place operators do); that is still in use.
            if (!ReferenceEquals(next, current) && !ReferenceEquals(current, tensor)) current.Dispose();
            current = next;
        }
        return current;
    }

    private string NextName => Count.ToString();

    private void Add(string name, IModule<Tensor, Tensor> module)
    {
        register_module(name, (Module)module);
        _modules.Add(module);
    }

    private Sequential Slice(int start, int end)
    {
        var entries = _internal_submodules.Snapshot().AsSpan(start, end - start);
        var slice = new Sequential(Array.Empty<Module<Tensor, Tensor>>());
        foreach (var (name, module) in entries) slice.Add(name, (IModule<Tensor, Tensor>)module);
        return slice;
    }
}
