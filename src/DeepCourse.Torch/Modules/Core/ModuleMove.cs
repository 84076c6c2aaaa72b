namespace TorchSharp.Modules;

/// <summary>
/// One <c>to</c> over a tree of modules. Remembers what replaced what, so that tied parameters stay tied, and
/// disposes the replaced tensors once the outermost module has finished.
/// </summary>
internal sealed class ModuleMove : IDisposable
{
    [ThreadStatic] private static ModuleMove? current;

    private readonly torch.ScalarType? _dtype;
    private readonly torch.Device? _device;
    private readonly bool _nonBlocking;
    private readonly Dictionary<torch.Tensor, torch.Tensor> _replaced = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<torch.Tensor> _made = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    private ModuleMove(torch.ScalarType? dtype, torch.Device? device, bool nonBlocking) =>
        (_dtype, _device, _nonBlocking) = (dtype, device, nonBlocking);

    public static ModuleMove Enter(torch.ScalarType? dtype, torch.Device? device, bool non_blocking)
    {
        current ??= new ModuleMove(dtype, device, non_blocking);
        current._depth++;
        return current;
    }

    public static bool Converts(torch.ScalarType dtype) => dtype is torch.ScalarType.Float16
        or torch.ScalarType.BFloat16 or torch.ScalarType.Float32 or torch.ScalarType.Float64
        or torch.ScalarType.ComplexFloat32 or torch.ScalarType.ComplexFloat64;

    /// <summary>The moved parameter with its gradient, or null when it is already where it should be.</summary>
    public Parameter? Replacement(Parameter parameter)
    {
        if (_replaced.TryGetValue(parameter, out var known)) return (Parameter)known;
        if (_made.Contains(parameter) || !Changes(parameter)) return null;
        using var gradient = parameter.grad;
        var replacement = new Parameter(Moved(parameter), parameter.requires_grad).Kept();
        if (gradient is not null)
        {
            using var moved = Moved(gradient);
            replacement.grad = moved;
        }
        Remember(parameter, replacement);
        return replacement;
    }

    /// <summary>The moved buffer, or null when it is already where it should be.</summary>
    public torch.Tensor? Replacement(torch.Tensor buffer)
    {
        if (_replaced.TryGetValue(buffer, out var known)) return known;
        if (_made.Contains(buffer) || !Changes(buffer)) return null;
        var replacement = Moved(buffer);
        replacement.DetachFromDisposeScope();
        Remember(buffer, replacement);
        return replacement;
    }

    public void Dispose()
    {
        if (--_depth > 0) return;
        current = null;
        foreach (var old in _replaced.Keys) old.Dispose();
    }

    private void Remember(torch.Tensor old, torch.Tensor replacement)
    {
        _replaced.Add(old, replacement);
        _made.Add(replacement);
    }

    private torch.ScalarType TypeFor(torch.Tensor tensor) =>
        _dtype is { } dtype && Converts(tensor.dtype) ? dtype : tensor.dtype;

    private bool Changes(torch.Tensor tensor)
    {
        if (TypeFor(tensor) != tensor.dtype) return true;
        if (_device is null) return false;
        return _device.type != tensor.device_type
            || (_device.index >= 0 && tensor.device_index >= 0 && _device.index != tensor.device_index);
    }

    // The parameter that results must be a leaf: autograd must not see the conversion.
    private torch.Tensor Moved(torch.Tensor tensor)
    {
        using var quiet = torch.no_grad();
        return tensor.to(TypeFor(tensor), _device ?? tensor.device, copy: true, non_blocking: _nonBlocking);
    }
}
