namespace DeepCourse.Torch.Tests;

/// <summary>Finds the files that tests read from the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Reference(string name) => Path.Combine(Root, "tests", "Reference", name);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "DeepCourse.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No DeepCourse.sln above {AppContext.BaseDirectory}.");
    }
}
