namespace DeepCourse.Data;

/// <summary>An unreadable item that a loader left out.</summary>
/// <param name="Index">Index of the item in its data set.</param>
/// <param name="Item">Name of the item, usually its path.</param>
/// <param name="Reason">The message of the error.</param>
public sealed record SkippedItem(int Index, string Item, string Reason);
