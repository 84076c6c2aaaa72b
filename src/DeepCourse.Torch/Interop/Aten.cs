using System.Runtime.CompilerServices;

namespace TorchSharp.Interop;

/// <summary>
/// The raw layer: every operator of the table as a typed method. Null, or an empty list, for an optional argument
/// stands for the schema's own default; an operator that writes to an argument returns that very object.
/// </summary>
[SkipLocalsInit]
internal static unsafe partial class Aten
{
    // The span keeps its array, and so the tensors in it, alive until here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(ReadOnlySpan<torch.Tensor?> tensors) => _ = tensors.Length;
}
