using System.Numerics;

namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>The boxes kept so far, in the order of their scores.</summary>
internal sealed class KeptBoxes(int capacity, float limit) : IDisposable
{
    private readonly BoxColumns _boxes = new(capacity);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many vectors a search through all of them takes.</summary>
    public int Vectors => (Count + Vector<float>.Count - 1) / Vector<float>.Count;

    /// <summary>Whether one of them overlaps a box too much.</summary>
    public bool Suppress(in BoxColumns.Box box) => _boxes.AnyOverlaps(0, Count, box, limit);

    /// <summary>Adds a box.</summary>
    public void Add(in BoxColumns.Box box) => _boxes.Set(Count++, box);

    /// <inheritdoc/>
    public void Dispose() => _boxes.Dispose();
}
