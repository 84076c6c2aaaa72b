using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>autograd.cpp and functions.cpp.</summary>
internal static unsafe partial class NativeMethods
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct FunctionCall
    {
        public IntPtr Managed;
        public delegate* unmanaged<IntPtr, IntPtr, IntPtr, byte*, long> Forward;
        public delegate* unmanaged<IntPtr, IntPtr, IntPtr*, int, IntPtr, byte*, long> Backward;
        public delegate* unmanaged<IntPtr, void> Release;
    }

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int dct_grad_mode();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void dct_set_grad_mode(int enabled);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int dct_inference_mode();

    [LibraryImport(Library)]
    internal static partial int dct_enter_inference_mode(int enabled, IntPtr* guard);

    [LibraryImport(Library)]
    internal static partial int dct_leave_inference_mode(IntPtr guard);

    [LibraryImport(Library)]
    internal static partial int dct_anomaly_mode();

    [LibraryImport(Library)]
    internal static partial int dct_set_anomaly_mode(int enabled, int checkNaN);

    [LibraryImport(Library)]
    internal static partial int dct_backward(
        IntPtr* tensors, int count, IntPtr* gradients, int gradientCount, int retainGraph, int createGraph,
        IntPtr* inputs, int inputCount, long* fault);

    [LibraryImport(Library)]
    internal static partial int dct_grad(
        IntPtr* outputs, int count, IntPtr* inputs, int inputCount, IntPtr* gradients, int gradientCount,
        int retainGraph, int createGraph, int allowUnused, IntPtr* results, long* fault);

    [LibraryImport(Library)]
    internal static partial int dct_register_hook(
        IntPtr tensor, delegate* unmanaged<IntPtr, IntPtr, IntPtr*, byte*, long> callback, IntPtr managed, IntPtr* registration);

    [LibraryImport(Library)]
    internal static partial void dct_remove_hook(IntPtr registration);

    [LibraryImport(Library)]
    internal static partial int dct_apply_function(
        IntPtr* inputs, int count, FunctionCall* call, delegate* unmanaged<IntPtr, IntPtr, void> sink, long* fault);

    [LibraryImport(Library)]
    internal static partial int dct_list_push(IntPtr list, IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int dct_context_save(IntPtr context, IntPtr* tensors, int count);

    [LibraryImport(Library)]
    internal static partial int dct_context_saved(
        IntPtr context, IntPtr managed, delegate* unmanaged<IntPtr, IntPtr, void> sink);

    [LibraryImport(Library)]
    internal static partial int dct_context_mark(IntPtr context, IntPtr* tensors, int count, int role);

    [LibraryImport(Library)]
    internal static partial int dct_context_materialize(IntPtr context, int value);
}
