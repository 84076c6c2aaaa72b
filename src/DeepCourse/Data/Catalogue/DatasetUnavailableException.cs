namespace DeepCourse.Data.Catalogue;

/// <summary>A data set was not found and could not be fetched.</summary>
public sealed class DatasetUnavailableException : Exception
{
    /// <summary>Reports what was tried and how to help.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="tried">What was tried, in order, with the outcome of each.</param>
    /// <param name="innerException">Why fetching failed.</param>
    public DatasetUnavailableException(DatasetEntry entry, IReadOnlyList<string> tried, Exception? innerException = null)
        : base(Describe(entry, tried), innerException) => (Entry, Tried) = (entry, tried);

    /// <summary>The data set.</summary>
    public DatasetEntry Entry { get; }

    /// <summary>What was tried, in order, with the outcome of each.</summary>
    public IReadOnlyList<string> Tried { get; }

    private static string Describe(DatasetEntry entry, IReadOnlyList<string> tried) =>
        $"The data set '{entry.Name}' is not here. Tried:\n  {string.Join("\n  ", tried)}\n"
        + $"Way out: get it from {entry.HomePage}, put {string.Join(" or ", entry.Folders.Concat(entry.Archives).Take(3))} "
        + $"into a folder, and name that folder in the environment variable {DatasetStore.FoldersVariable}.";
}
