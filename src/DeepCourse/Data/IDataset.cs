namespace DeepCourse.Data;

/// <summary>A fixed number of items that can be read in any order, from several threads at once.</summary>
/// <typeparam name="T">The raw item: plain managed data (paths, pixels, records), never tensors.</typeparam>
public interface IDataset<out T>
{
    /// <summary>The number of items.</summary>
    int Count { get; }

    /// <summary>Reads one item.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the data set.</exception>
    T this[int index] { get; }
}
