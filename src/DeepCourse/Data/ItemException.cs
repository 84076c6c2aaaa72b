namespace DeepCourse.Data;

/// <summary>An item of a data set could not be loaded; thrown to the consumer of batches, not on the worker.</summary>
public sealed class ItemException : Exception
{
    /// <summary>Reports the item that failed.</summary>
    /// <param name="index">Index of the item in its data set.</param>
    /// <param name="item">Name of the item, usually its path.</param>
    /// <param name="innerException">What went wrong.</param>
    public ItemException(int index, string item, Exception innerException)
        : base($"Item {index} ({item}) could not be loaded: {innerException.Message}", innerException) =>
        (Index, Item) = (index, item);

    /// <summary>Index of the item in its data set.</summary>
    public int Index { get; }

    /// <summary>Name of the item, usually its path.</summary>
    public string Item { get; }
}
