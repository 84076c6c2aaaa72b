using System.Runtime.InteropServices;

namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>Tensors as spans, without a copy where they are in the CPU's memory and of the right type.</summary>
internal static class HostMemory
{
    /// <summary>The tensor as contiguous float32 on the CPU; the surrounding scope disposes it.</summary>
    public static Tensor Floats(Tensor tensor) => Place(tensor, ScalarType.Float32);

    /// <summary>The tensor as contiguous int64 on the CPU; the surrounding scope disposes it.</summary>
    public static Tensor Longs(Tensor tensor) => Place(tensor, ScalarType.Int64);

    /// <summary>The numbers of a contiguous tensor on the CPU, for as long as it lives.</summary>
    public static ReadOnlySpan<T> Of<T>(Tensor tensor)
        where T : unmanaged =>
        tensor.numel() == 0 ? default : MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private static Tensor Place(Tensor tensor, ScalarType type) => tensor.detach().cpu().to(type).contiguous();
}
