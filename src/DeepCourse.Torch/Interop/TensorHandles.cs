namespace TorchSharp.Interop;

/// <summary>Lists of tensors on their way to the shim.</summary>
internal static class TensorHandles
{
    internal static void Copy(ReadOnlySpan<torch.Tensor?> tensors, Span<IntPtr> handles)
    {
        for (var i = 0; i < tensors.Length; i++) handles[i] = tensors[i]?.Handle ?? IntPtr.Zero;
    }
}
