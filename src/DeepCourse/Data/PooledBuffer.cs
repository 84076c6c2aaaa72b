using System.Buffers;

namespace DeepCourse.Data;

/// <summary>A rented array for encoded items: the loader gives it back after collating.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class PooledBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int LongestArray = 1 << 26;
    private const int ArraysOfEachLength = 1024;

    // Workers rent and the consumer returns, a few hundred arrays at a time. The shared pool keeps its arrays with the
    // thread that returned them, so here it would allocate nearly every time (measured: 10 KB for an item of 12 KB).
    private static readonly ArrayPool<T> Pool = ArrayPool<T>.Create(LongestArray, ArraysOfEachLength);

    private T[]? _array;

    /// <summary>Rents an array; its contents are undefined.</summary>
    /// <param name="length">The number of elements.</param>
    public PooledBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _array = Pool.Rent(length);
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    /// <exception cref="ObjectDisposedException">The array was given back.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_array == null, this);
            return _array.AsSpan(0, Length);
        }
    }

    /// <summary>Gives the array back to the pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array) Pool.Return(array);
    }
}
