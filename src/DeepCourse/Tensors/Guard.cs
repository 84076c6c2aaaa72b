using System.Runtime.CompilerServices;

namespace DeepCourse.Tensors;

/// <summary>Checks at the public borders: shapes and devices, before any native call is made.</summary>
internal static class Guard
{
    /// <summary>Stands for a dimension of any size in <see cref="Shape"/>.</summary>
    public const long Any = -1;

    /// <summary>Demands a number of dimensions.</summary>
    public static void Rank(Tensor tensor, int rank, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        if (tensor.dim() == rank) return;
        var expected = rank == 0 ? "[] (a single number)" : $"[{string.Join(", ", Enumerable.Repeat("*", rank))}]";
        throw new ShapeException(name, expected, tensor.shape);
    }

    /// <summary>Demands the size of one dimension; a negative axis counts from the end.</summary>
    public static void Dimension(
        Tensor tensor, int axis, long size, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        var rank = (int)tensor.dim();
        var index = axis < 0 ? rank + axis : axis;
        if (index >= 0 && index < rank && tensor.size(index) == size) return;
        throw new ShapeException(name, $"with {size} in dimension {axis}", tensor.shape);
    }

    /// <summary>Demands a shape, <see cref="Any"/> standing for any size; the text names the dimensions.</summary>
    public static void Shape(
        Tensor tensor,
        ReadOnlySpan<long> sizes,
        string description,
        [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        var fits = tensor.dim() == sizes.Length;
        for (var i = 0; fits && i < sizes.Length; i++) fits = sizes[i] == Any || sizes[i] == tensor.size(i);
        if (!fits) throw new ShapeException(name, description, tensor.shape, Permutation(tensor.shape, sizes));
    }

    /// <summary>Demands that two tensors have the same shape.</summary>
    public static void SameShape(
        Tensor tensor,
        Tensor other,
        [CallerArgumentExpression(nameof(tensor))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        var same = tensor.dim() == other.dim();
        for (var i = 0; same && i < other.dim(); i++) same = tensor.size(i) == other.size(i);
        if (!same) throw new ShapeException(name, $"[{string.Join(", ", other.shape)}] of {otherName}", tensor.shape);
    }

    /// <summary>Demands that two tensors live on the same device.</summary>
    public static void SameDevice(
        Tensor tensor,
        Tensor other,
        [CallerArgumentExpression(nameof(tensor))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        if (tensor.device.type == other.device.type && tensor.device.index == other.device.index) return;
        throw new ArgumentException($"{name} is on {tensor.device}, but {otherName} is on {other.device}", name);
    }

    // Only the common slip is looked for: one dimension of known size that stands in another place.
    private static string? Permutation(long[] actual, ReadOnlySpan<long> expected)
    {
        if (actual.Length != expected.Length) return null;
        for (var to = 0; to < expected.Length; to++)
        {
            if (expected[to] == Any || actual[to] == expected[to]) continue;
            var from = Array.IndexOf(actual, expected[to]);
            if (from < 0) return null;
            var order = Enumerable.Range(0, actual.Length).Where(axis => axis != from).ToList();
            order.Insert(to, from);
            return $"permute({string.Join(", ", order)}) would put the {expected[to]} in its place";
        }
        return null;
    }
}
