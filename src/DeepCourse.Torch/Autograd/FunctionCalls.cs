using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One call of a managed function, as the graph remembers it until its node dies.</summary>
internal sealed class FunctionCall(
    object[] arguments,
    Func<torch.autograd.AutogradContext, object[], List<torch.Tensor>> forward,
    Func<torch.autograd.AutogradContext, List<torch.Tensor>, List<torch.Tensor>> backward)
{
    internal object[] Arguments { get; private set; } = arguments;

    /// <summary>For each argument whether it is a tensor: what a gradient can be given for.</summary>
    internal bool[] IsTensor { get; } = Array.ConvertAll(arguments, argument => argument is torch.Tensor);

    internal torch.autograd.AutogradContext Context { get; } = new();

    internal List<torch.Tensor> Results { get; } = [];

    internal List<torch.Tensor> Forward() => forward(Context, Arguments);

    internal List<torch.Tensor> Backward(List<torch.Tensor> gradients) => backward(Context, gradients);

    /// <summary>After the call only backward's needs stay, and those are in the context.</summary>
    internal void ForgetArguments() => Arguments = [];
}

/// <summary>The entry points by which libtorch calls managed functions (functions.cpp).</summary>
internal static unsafe class FunctionCalls
{
    internal static List<torch.Tensor> Apply(FunctionCall call)
    {
        IntPtr[] inputs = [.. call.Arguments.OfType<torch.Tensor>().Select(tensor => tensor.Handle)];
        // Freed by Release when the node dies: at once where nothing requires a gradient.
        var handle = GCHandle.Alloc(call);
        var native = new NativeMethods.FunctionCall
        {
            Managed = GCHandle.ToIntPtr(handle),
            Forward = &Forward,
            Backward = &Backward,
            Release = &Release,
        };
        long fault = 0;
        int status;
        fixed (IntPtr* start = inputs)
            status = NativeMethods.dct_apply_function(start, inputs.Length, &native, &CollectResult, &fault);
        GC.KeepAlive(call.Arguments);
        call.ForgetArguments();
        ManagedFaults.Check(status, fault);
        return call.Results;
    }

    /// <summary>Adds a tensor to the list that the handle stands for.</summary>
    [UnmanagedCallersOnly]
    internal static void Collect(IntPtr list, IntPtr tensor) => Target<List<torch.Tensor>>(list).Add(torch.Tensor.Wrap(tensor));

    [UnmanagedCallersOnly]
    private static void CollectResult(IntPtr managed, IntPtr tensor) =>
        Target<FunctionCall>(managed).Results.Add(torch.Tensor.Wrap(tensor));

    [UnmanagedCallersOnly]
    private static long Forward(IntPtr managed, IntPtr context, IntPtr list, byte* message)
    {
        try
        {
            var call = Target<FunctionCall>(managed);
            Inside(call, context, list, () => call.Forward());
            return 0;
        }
        catch (Exception fault)
        {
            return ManagedFaults.Keep(fault, message);
        }
    }

    [UnmanagedCallersOnly]
    private static long Backward(IntPtr managed, IntPtr context, IntPtr* gradients, int count, IntPtr list, byte* message)
    {
        var given = new List<torch.Tensor>(count);
        for (var i = 0; i < count; i++) given.Add(torch.Tensor.Wrap(gradients[i]));
        using var scope = ScopeFor(given.Find(gradient => gradient is not null));
        try
        {
            var call = Target<FunctionCall>(managed);
            Inside(call, context, list, () => TensorGradients(call, call.Backward(given)));
            return 0;
        }
        catch (Exception fault)
        {
            return ManagedFaults.Keep(fault, message);
        }
    }

    /// <summary>A scope for what is made from a gradient that is computed on a thread of libtorch's, as those of a GPU are:
    /// nobody has opened one there. Null elsewhere: what users keep stays theirs.</summary>
    internal static DisposeScope? ScopeFor(torch.Tensor? gradient) =>
        gradient is not null && gradient.device_type != DeviceType.CPU && ThreadScopes.OfThisThread.Current is null ? torch.NewDisposeScope() : null;

    [UnmanagedCallersOnly]
    private static void Release(IntPtr managed) => GCHandle.FromIntPtr(managed).Free();

    private static void Inside(FunctionCall call, IntPtr context, IntPtr list, Func<List<torch.Tensor>> body)
    {
        call.Context.Native = context;
        try
        {
            foreach (var tensor in body())
                Errors.Check(NativeMethods.dct_list_push(list, tensor?.Handle ?? IntPtr.Zero));
        }
        finally
        {
            call.Context.Native = IntPtr.Zero;
        }
    }

    /// <summary>Backward may answer for every argument, with null for what is no tensor, or for the tensors alone.</summary>
    private static List<torch.Tensor> TensorGradients(FunctionCall call, List<torch.Tensor> gradients)
    {
        var tensors = call.IsTensor.Count(isTensor => isTensor);
        if (gradients.Count == call.IsTensor.Length) return [.. gradients.Where((_, i) => call.IsTensor[i])];
        if (gradients.Count == tensors) return gradients;
        throw new InvalidOperationException(
            $"backward returned {gradients.Count} gradients; forward took {call.IsTensor.Length} arguments, {tensors} of them tensors.");
    }

    private static T Target<T>(IntPtr handle) where T : class => Unsafe.As<T>(GCHandle.FromIntPtr(handle).Target!);
}
