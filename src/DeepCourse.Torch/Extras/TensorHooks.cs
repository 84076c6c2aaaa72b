using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Looks at, or replaces, the gradient that flows into a tensor during backward.</summary>
public static unsafe class TensorHooks
{
    /// <summary>Calls <paramref name="hook"/> each time a gradient for the tensor has been computed.</summary>
    /// <param name="tensor">A tensor that requires a gradient, leaf or not.</param>
    /// <param name="hook">Gets the gradient, of the tensor's shape; returns another one in its place, or null to leave it.</param>
    /// <returns>Disposing it silences the hook.</returns>
    /// <exception cref="ExternalException">The tensor does not require a gradient.</exception>
    /// <remarks>An exception that the hook throws ends backward and comes out of it.</remarks>
    public static IDisposable Register(torch.Tensor tensor, Func<torch.Tensor, torch.Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(hook);
        return new Registration(tensor, hook);
    }

    [UnmanagedCallersOnly]
    private static long Call(IntPtr managed, IntPtr gradient, IntPtr* replacement, byte* message)
    {
        var given = torch.Tensor.Wrap(gradient);
        using var scope = FunctionCalls.ScopeFor(given);
        try
        {
            var hook = (Func<torch.Tensor, torch.Tensor?>)GCHandle.FromIntPtr(managed).Target!;
            var result = hook(given);
            if (result is not null && !ReferenceEquals(result, given))
                *replacement = NativeMethods.dct_tensor_alias(result.Handle);
            return 0;
        }
        catch (Exception fault)
        {
            return ManagedFaults.Keep(fault, message);
        }
    }

    private sealed class Registration : IDisposable
    {
        private GCHandle hook;
        private IntPtr native;

        internal Registration(torch.Tensor tensor, Func<torch.Tensor, torch.Tensor?> target)
        {
            hook = GCHandle.Alloc(target);
            IntPtr registered;
            var status = NativeMethods.dct_register_hook(tensor.Handle, &Call, GCHandle.ToIntPtr(hook), &registered);
            GC.KeepAlive(tensor);
            if (status != 0) hook.Free();
            Errors.Check(status);
            native = registered;
        }

        public void Dispose()
        {
            if (native == IntPtr.Zero) return;
            NativeMethods.dct_remove_hook(native);
            native = IntPtr.Zero;
            hook.Free();
        }
    }
}
