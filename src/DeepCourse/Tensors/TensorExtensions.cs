using System.Runtime.InteropServices;

namespace DeepCourse.Tensors;

/// <summary>The few things the library says about tensors again and again.</summary>
public static class TensorExtensions
{
    /// <summary>Reads a tensor of one element, whatever its type and device. On a GPU this waits for it.</summary>
    /// <param name="tensor">A tensor with exactly one element.</param>
    public static double ReadNumber(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to_type(ScalarType.Float64).cpu().item<double>();
    }

    /// <summary>Copies all elements, row by row, to managed memory. On a GPU this waits for it.</summary>
    /// <param name="tensor">Any shape and any real type.</param>
    /// <returns>The elements as 32-bit floats.</returns>
    public static float[] ReadFloats(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.detach().to_type(ScalarType.Float32).cpu().contiguous();
        return MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
    }

    /// <summary>Copies all elements, row by row, to managed memory, with double precision.</summary>
    /// <param name="tensor">Any shape and any real type.</param>
    public static double[] ReadNumbers(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.detach().to_type(ScalarType.Float64).cpu().contiguous();
        return MemoryMarshal.Cast<byte, double>(flat.bytes).ToArray();
    }

    /// <summary>Leaves 16-bit floats behind, whose sums over many numbers would be rounded or overflow.</summary>
    /// <param name="tensor">Any tensor.</param>
    /// <returns>float32 of float16 and bfloat16, otherwise the tensor itself.</returns>
    internal static Tensor ToWide(this Tensor tensor) =>
        tensor.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? tensor.to(ScalarType.Float32) : tensor;

    /// <summary>The shape as text: <c>[32, 3, 224, 224]</c>.</summary>
    /// <param name="tensor">Any tensor.</param>
    public static string ShapeText(this Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
