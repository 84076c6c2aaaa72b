using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Nothing done until the result is disposed is recorded for backward.</summary>
    public static IDisposable no_grad() => new GradModeSwitch(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradModeSwitch(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeSwitch(mode);

    public static bool is_grad_enabled() => NativeMethods.dct_grad_mode() != 0;

    /// <summary>Like no_grad, and tensors made inside can never be recorded: cheaper, and final.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceModeSwitch(mode);

    public static bool is_inference_mode_enabled() => NativeMethods.dct_inference_mode() != 0;

    /// <summary>Gradient recording is a state of the thread; disposing gives back what it was.</summary>
    private sealed class GradModeSwitch : IDisposable
    {
        private readonly bool before = is_grad_enabled();
        private bool done;

        internal GradModeSwitch(bool enabled) => NativeMethods.dct_set_grad_mode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (done) return;
            done = true;
            NativeMethods.dct_set_grad_mode(before ? 1 : 0);
        }
    }

    private sealed unsafe class InferenceModeSwitch : IDisposable
    {
        private readonly int thread = Environment.CurrentManagedThreadId;
        private IntPtr guard;

        internal InferenceModeSwitch(bool enabled)
        {
            IntPtr entered;
            Errors.Check(NativeMethods.dct_enter_inference_mode(enabled ? 1 : 0, &entered));
            guard = entered;
        }

        public void Dispose()
        {
            if (guard == IntPtr.Zero) return;
            if (thread != Environment.CurrentManagedThreadId)
                throw new InvalidOperationException("inference_mode must be left on the thread that entered it.");
            Errors.Check(NativeMethods.dct_leave_inference_mode(guard));
            guard = IntPtr.Zero;
        }
    }
}
