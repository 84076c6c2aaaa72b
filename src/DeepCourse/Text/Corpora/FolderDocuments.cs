using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>A folder of text files, with those in it, one document a file, in the ordinal order of their paths.</summary>
/// <param name="folder">Where the files are.</param>
/// <param name="options">What to do with bytes that are not UTF-8, and with files without a label.</param>
public sealed class FolderDocuments(string folder, DocumentOptions? options = null) : IDocuments
{
    private readonly DocumentOptions _options = options ?? DocumentOptions.Default;

    /// <summary>The endings of the files to read.</summary>
    /// <value>The default is <c>.txt</c> and <c>.txt.gz</c>.</value>
    public IReadOnlyList<string> Endings { get; init; } = [".txt", ".txt.gz"];

    /// <summary>Whether the name of the folder in which a file lies is its label.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Labeled { get; init; }

    /// <summary>Only the files in these folders, by the path from the corpus's folder with <c>/</c>, are read; null reads
    /// all.</summary>
    public IReadOnlyList<string>? Folders { get; init; }

    /// <inheritdoc/>
    public string Name => folder;

    /// <inheritdoc/>
    public long? TotalBytes => Files().Sum(file => file.Length);

    /// <inheritdoc/>
    /// <exception cref="DataFormatException">A file is not UTF-8, or has no label; the message names the file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public IEnumerable<Document> Read(Action<long>? advance = null)
    {
        foreach (var file in Files())
        {
            using var reader = new TextFileReader(file.FullName, _options, advance);
            yield return new(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), reader.ReadToEnd(), LabelOf(file));
        }
    }

    private string? LabelOf(FileInfo file)
    {
        if (!Labeled) return null;
        if (!string.Equals(file.Directory!.FullName, Root, StringComparison.Ordinal)) return file.Directory.Name;
        return _options.RequireLabels
            ? throw new DataFormatException(file.FullName, $"has no label: it lies in {folder} itself, not in a folder with the label's name")
            : null;
    }

    private string Root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private IEnumerable<FileInfo> Files() => Folders is { } chosen
        ? chosen.Order(StringComparer.Ordinal).SelectMany(name => Files(new(Path.Combine(Root, name))))
        : Files(new(Root));

    // Only one folder's names are in memory at a time. A folder sorts as its name with a slash: so do whole paths.
    private IEnumerable<FileInfo> Files(DirectoryInfo directory)
    {
        var entries = directory.EnumerateFileSystemInfos()
            .Select(entry => (Entry: entry, Key: entry is DirectoryInfo ? entry.Name + '/' : entry.Name))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (entry, _) in entries)
        {
            if (entry is DirectoryInfo inner)
            {
                foreach (var file in Files(inner)) yield return file;
            }
            else if (Endings.Any(ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                yield return (FileInfo)entry;
        }
    }
}
