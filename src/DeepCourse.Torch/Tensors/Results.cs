using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Finishes a tensor that was just made.</summary>
    internal static Tensor Created(Tensor tensor, bool requires_grad, string[]? names = null)
    {
        if (names is { Length: > 0 })
        {
            tensor.Dispose();
            throw new NotSupportedException("Named dimensions are not bound.");
        }

        return requires_grad ? Aten.requires_grad_(tensor, true) : tensor;
    }

    /// <summary>The tensor in the type that a reduction is asked to work in.</summary>
    internal static Tensor As(Tensor tensor, ScalarType? type) =>
        type is { } wanted && wanted != tensor.dtype ? Aten.to_dtype(tensor, wanted) : tensor;

    /// <summary>The first of two results; the other is freed at once.</summary>
    internal static Tensor First((Tensor, Tensor) results)
    {
        results.Item2.Dispose();
        return results.Item1;
    }
}
