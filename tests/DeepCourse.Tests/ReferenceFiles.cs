namespace DeepCourse.Tests;

/// <summary>Finds the files that PyTorch made, in tests/Reference of the repository.</summary>
internal static class ReferenceFiles
{
    private static readonly string Folder = Find();

    /// <summary>The path of a file.</summary>
    /// <param name="name">Its path inside tests/Reference.</param>
    public static string PathOf(string name) => Path.Combine(Folder, name);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "Reference");
            if (Directory.Exists(candidate)) return candidate;
        }
        throw new DirectoryNotFoundException($"There is no tests/Reference above {AppContext.BaseDirectory}.");
    }
}
