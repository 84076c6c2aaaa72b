// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    public abstract void Initialize(OptimizerOptions options);

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Takes over copies of another state's tensors.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    public virtual void to(torch.Device device)
    {
    }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, torch.Tensor tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref torch.Tensor result, torch.Device device)
    {
        var loaded = reader.ReadBoolean() ? torch.Tensor.Load(reader) : null;
        Replace(ref result, loaded is null ? null : Moved(loaded, device));
    }

    /// <summary>The state's tensors and counters on their way to the shim.</summary>
    internal virtual void Export(ref OptimizerSlot slot) =>
        throw new NotSupportedException($"{GetType()} is not stepped natively.");

    internal virtual void Import(in OptimizerSlot slot) =>
        throw new NotSupportedException($"{GetType()} is not stepped natively.");

    private protected torch.Tensor Zeros() => Filled(0);

    // State outlives whatever scope the optimizer is made in; its owner disposes it.
    private protected torch.Tensor Filled(double value)
    {
        using var nothing = torch.no_grad();
        var tensor = Aten.zeros_like(_parameter);
        if (value != 0) Aten.fill__Scalar(tensor, value);
        return tensor.DetachFromDisposeScope();
    }

    // Into the parameter's own memory order, whatever order it was saved in: equal order is what makes steps fast.
    private protected void Load(BinaryReader reader, ref torch.Tensor tensor)
    {
        torch.Tensor loaded = null;
        LoadConditionalStateTensor(reader, ref loaded, _parameter.device);
        if (loaded is null)
        {
            Replace(ref tensor, null);
            return;
        }
        using (loaded)
        {
            if (!loaded.shape.AsSpan().SequenceEqual(_parameter.shape))
                throw new ArgumentException(
                    $"The saved state is for a parameter of shape [{string.Join(", ", loaded.shape)}], " +
                    $"and this one has [{string.Join(", ", _parameter.shape)}].", nameof(reader));
            var ordered = Zeros();
            Aten.copy_(ordered, loaded);
            Replace(ref tensor, ordered);
        }
    }

    private protected void Copy(torch.Tensor source, ref torch.Tensor target) =>
        Replace(ref target, source is null ? null : Moved(source.clone(), _parameter.device));

    private protected static void Move(ref torch.Tensor tensor, torch.Device device)
    {
        if (tensor is not null) Replace(ref tensor, tensor.to(device));
    }

    private protected static bool Close(torch.Tensor left, torch.Tensor right) =>
        left is null || right is null ? left is null && right is null : left.allclose(right);

    private protected static bool Near(double left, double right) =>
        Math.Abs(left - right) <= 1e-8 + (1e-5 * Math.Abs(right));

    /// <summary>Takes over a tensor that the shim has made.</summary>
    private protected static void Adopt(ref torch.Tensor tensor, IntPtr handle)
    {
        if (tensor is null && handle != IntPtr.Zero) tensor = torch.Tensor.Wrap(handle).DetachFromDisposeScope();
    }

    private protected static IntPtr HandleOf(torch.Tensor tensor) => tensor?.Handle ?? IntPtr.Zero;

    private static torch.Tensor Moved(torch.Tensor tensor, torch.Device device)
    {
        if (tensor.device_type == device.type && tensor.device_index == device.index) return tensor;
        using (tensor) return tensor.to(device);
    }

    private static void Replace(ref torch.Tensor target, torch.Tensor replacement)
    {
        if (!ReferenceEquals(target, replacement)) target?.Dispose();
        target = replacement?.DetachFromDisposeScope();
    }
}
