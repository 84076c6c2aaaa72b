using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a CPU tensor in the order of its indices, whatever its strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly bool contiguous;
    private readonly IntPtr start;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        var metadata = tensor.Metadata();
        (start, Count, contiguous) = (metadata.Data, metadata.ElementCount, metadata.IsContiguous);
        sizes = tensor.shape;
        strides = contiguous ? [] : tensor.stride();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public unsafe T this[params long[] indices]
    {
        get => *Address(Linear(indices));
        set => *Address(Linear(indices)) = value;
    }

    internal unsafe T AtLinear(long index)
    {
        if (index < 0 || index >= Count)
            throw new IndexOutOfRangeException($"Element {index} of a tensor with {Count} elements.");
        return *Address(index);
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public Array ToNDArray()
    {
        if (sizes.Length == 0) return ToArray();
        var result = Array.CreateInstance(typeof(T), sizes);
        var bytes = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(result), checked((int)(Count * ElementSize)));
        CopyTo(MemoryMarshal.Cast<byte, T>(bytes));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(array.Length - arrayIndex, Count - tensorIndex);
        if (count <= 0) return;
        if (contiguous)
        {
            new ReadOnlySpan<T>((T*)start + tensorIndex, checked((int)count)).CopyTo(array[arrayIndex..]);
            return;
        }
        for (long i = 0; i < count; i++) array[arrayIndex + (int)i] = *Address(tensorIndex + i);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(array.Length - arrayIndex, Count - tensorIndex);
        for (long i = 0; i < count; i++) *Address(tensorIndex + i) = array[arrayIndex + (int)i];
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return AtLinear(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => HashCode.Combine(start, Count);

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.Count == right.Count && left.SequenceEqual(right));

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public void Dispose()
    {
    }

    private static unsafe int ElementSize => sizeof(T);

    private long Linear(long[] indices)
    {
        if (indices.Length != sizes.Length)
            throw new ArgumentException($"{indices.Length} indices for a tensor of {sizes.Length} dimensions.", nameof(indices));
        long linear = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= sizes[i])
                throw new IndexOutOfRangeException($"Index {indices[i]} in dimension {i} of size {sizes[i]}.");
            linear = linear * sizes[i] + indices[i];
        }
        return linear;
    }

    private unsafe T* Address(long linear)
    {
        // The accessor keeps the tensor, and with it the memory, alive.
        _ = tensor.Handle;
        if (contiguous) return (T*)start + linear;
        long offset = 0;
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            offset += linear % sizes[i] * strides[i];
            linear /= sizes[i];
        }
        return (T*)start + offset;
    }
}
