namespace DeepCourse.Data;

/// <summary>What a loader does with an item whose file is missing or broken.</summary>
public enum UnreadableItems
{
    /// <summary>Ends the epoch with an <see cref="ItemException"/> that names the item.</summary>
    Throw,

    /// <summary>
    /// Leaves the item out of its batch and notes it in <c>Skipped</c>. Covers broken and missing files only
    /// (<see cref="Tensors.DataFormatException"/>, <see cref="IOException"/>, <see cref="InvalidDataException"/>,
    /// <see cref="UnauthorizedAccessException"/>); any other exception is a fault and is thrown all the same.
    /// </summary>
    Skip,
}
