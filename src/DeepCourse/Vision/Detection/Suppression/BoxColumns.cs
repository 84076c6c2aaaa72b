using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>Boxes as one array an edge, so that a vector register holds the same edge of several boxes.</summary>
internal sealed class BoxColumns : IDisposable
{
    private readonly float[] _left;
    private readonly float[] _top;
    private readonly float[] _right;
    private readonly float[] _bottom;
    private readonly float[] _area;

    /// <summary>Room for boxes; what is not filled yet meets no box.</summary>
    public BoxColumns(int capacity)
    {
        // Vectors read beyond the last box.
        var length = capacity + Vector<float>.Count;
        _left = ArrayPool<float>.Shared.Rent(length);
        _top = ArrayPool<float>.Shared.Rent(length);
        _right = ArrayPool<float>.Shared.Rent(length);
        _bottom = ArrayPool<float>.Shared.Rent(length);
        _area = ArrayPool<float>.Shared.Rent(length);
        // Whatever the other edges are, nothing begins right of infinity.
        _left.AsSpan(0, length).Fill(float.PositiveInfinity);
    }

    /// <summary>Fills a place.</summary>
    public void Set(int index, in Box box) => (_left[index], _top[index], _right[index], _bottom[index], _area[index]) =
        (box.Left, box.Top, box.Right, box.Bottom, box.Area);

    /// <summary>Whether a box overlaps any in some places by more than a limit.</summary>
    /// <param name="start">The first place.</param>
    /// <param name="end">Behind the last place; up to a vector's length more are looked at.</param>
    /// <param name="box">The box.</param>
    /// <param name="limit">An intersection over union, not negative.</param>
    public bool AnyOverlaps(int start, int end, in Box box, float limit)
    {
        ref var lefts = ref MemoryMarshal.GetArrayDataReference(_left);
        ref var tops = ref MemoryMarshal.GetArrayDataReference(_top);
        ref var rights = ref MemoryMarshal.GetArrayDataReference(_right);
        ref var bottoms = ref MemoryMarshal.GetArrayDataReference(_bottom);
        ref var areas = ref MemoryMarshal.GetArrayDataReference(_area);
        var (left, top) = (new Vector<float>(box.Left), new Vector<float>(box.Top));
        var (right, bottom) = (new Vector<float>(box.Right), new Vector<float>(box.Bottom));
        var (area, most) = (new Vector<float>(box.Area), new Vector<float>(limit));
        for (var i = start; i < end; i += Vector<float>.Count)
        {
            var at = (nuint)i;
            var width = Vector.MinNative(Vector.LoadUnsafe(ref rights, at), right)
                - Vector.MaxNative(Vector.LoadUnsafe(ref lefts, at), left);
            var height = Vector.MinNative(Vector.LoadUnsafe(ref bottoms, at), bottom)
                - Vector.MaxNative(Vector.LoadUnsafe(ref tops, at), top);
            var common = Vector.MaxNative(width, Vector<float>.Zero) * Vector.MaxNative(height, Vector<float>.Zero);
            // Most boxes are far apart: the division is saved.
            if (!Vector.GreaterThanAny(common, Vector<float>.Zero)) continue;
            var share = common / (Vector.LoadUnsafe(ref areas, at) + area - common);
            if (Vector.GreaterThanAny(share, most)) return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var column in (ReadOnlySpan<float[]>)[_left, _top, _right, _bottom, _area])
            ArrayPool<float>.Shared.Return(column);
    }

    /// <summary>A box and its area, which is not what width and height say for boxes turned inside out.</summary>
    internal readonly record struct Box(float Left, float Top, float Right, float Bottom)
    {
        public float Area { get; } = (Right - Left) * (Bottom - Top);

        public static Box At(ReadOnlySpan<float> boxes, int index) =>
            new(boxes[4 * index], boxes[(4 * index) + 1], boxes[(4 * index) + 2], boxes[(4 * index) + 3]);
    }
}
