using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>optimizers.cpp: one call per step and parameter group.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int dct_optimizer_step(OptimizerRule* rule, OptimizerSlot* slots, long count);

    [LibraryImport(Library)]
    internal static partial int dct_clear_gradients(IntPtr* tensors, long count);
}
