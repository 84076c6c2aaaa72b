namespace DeepCourse.Data.Catalogue;

/// <summary>A data set (or a set of weights) that can be fetched: what it is, whose it is, how to recognise it.</summary>
/// <param name="Name">Its name in the catalogue and in the cache, like <c>bccd</c>.</param>
/// <param name="Title">What is inside, in a few words.</param>
/// <param name="License">Under which terms it may be used, as its makers say.</param>
/// <param name="HomePage">Where it comes from.</param>
/// <param name="SizeInBytes">How much is fetched, roughly.</param>
/// <param name="Source">Where to fetch it.</param>
/// <param name="Markers">Files or folders, relative to the set's root, that are there when the set is.</param>
/// <param name="Folders">Where the root may lie in a folder of data sets.</param>
/// <param name="Archives">Archives of the set that may lie in a folder of data sets.</param>
public sealed record DatasetEntry(
    string Name,
    string Title,
    string License,
    string HomePage,
    long SizeInBytes,
    DatasetSource Source,
    IReadOnlyList<string> Markers,
    IReadOnlyList<string> Folders,
    IReadOnlyList<string> Archives)
{
    private const int DeepestRoot = 5;

    /// <summary>Finds the root of the set in an unpacked archive: the first folder, level by level, that has all markers.</summary>
    /// <param name="folder">Where to look.</param>
    /// <returns>The root, or null.</returns>
    public string? FindRoot(string folder)
    {
        IEnumerable<string> level = [folder];
        for (var depth = 0; depth <= DeepestRoot; depth++)
        {
            string[] here = [.. level];
            if (Array.Find(here, IsRoot) is { } root) return root;
            level = here.SelectMany(Directory.EnumerateDirectories).Order(StringComparer.Ordinal);
        }
        return null;
    }

    /// <summary>Whether a folder is the root of the set.</summary>
    /// <param name="folder">The folder to look at.</param>
    public bool IsRoot(string folder) =>
        Directory.Exists(folder) && Markers.All(marker => Path.Exists(Path.Combine(folder, marker)));
}
