namespace DeepCourse.Data;

/// <summary>Items that lie in memory already.</summary>
/// <typeparam name="T">The raw item.</typeparam>
/// <param name="items">The items.</param>
public sealed class ArrayDataset<T>(IReadOnlyList<T> items) : IDataset<T>
{
    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public T this[int index] => items[index];
}
