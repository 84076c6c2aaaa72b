using System.Collections;
using DeepCourse.Tensors;

namespace DeepCourse.Data;

/// <summary>Files in a folder for each class, as ImageNet has them: <c>train/n01440764/n01440764_10026.JPEG</c>.</summary>
/// <remarks>
/// A million files take about 30 MB: names are kept without their folders, and paths made when they are asked for. Files
/// are in the order of part, class and name, whatever the file system; files in folders inside a class's belong to it.
/// </remarks>
public sealed class ClassFolders : IReadOnlyList<ClassFile>
{
    private const int NamesShown = 10;

    private readonly (int Part, int Class, ClassFolder Folder)[] _folders;
    private readonly int[] _starts;
    private readonly ClassFolderOptions _options;

    private ClassFolders(
        string location, ClassFolderOptions options, Vocabulary classes, (int Part, int Class, ClassFolder Folder)[] folders)
    {
        (Location, _options, Classes, _folders) = (location, options, classes, folders);
        _starts = new int[folders.Length];
        for (var index = 0; index < folders.Length; index++)
        {
            _starts[index] = Count;
            Count = checked(Count + folders[index].Folder.Count);
            IgnoredCount += folders[index].Folder.Ignored;
        }
    }

    /// <summary>The set's folder.</summary>
    public string Location { get; }

    /// <summary>The names of the classes; their order is the order of their numbers.</summary>
    public Vocabulary Classes { get; }

    /// <summary>The number of files.</summary>
    public int Count { get; }

    /// <summary>How many files in the folders of classes don't count: other endings, and hidden ones.</summary>
    public int IgnoredCount { get; }

    /// <summary>A file with its class; the path is made anew each time.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    public ClassFile this[int index]
    {
        get
        {
            var place = PlaceOf(index);
            var (_, number, folder) = _folders[place];
            return new(folder.PathOf(index - _starts[place]), Classes[number]);
        }
    }

    /// <summary>Lists the files.</summary>
    /// <param name="folder">Holds the folders of classes, or the parts that hold them.</param>
    /// <param name="options">Parts, endings, classes; by default <see cref="ClassFolderOptions"/> as it is made.</param>
    /// <exception cref="DirectoryNotFoundException">The folder, or one of its parts, is not there.</exception>
    /// <exception cref="DataFormatException">There is no folder of a class, or one without files, or one that is not
    /// among the given classes.</exception>
    public static ClassFolders List(string folder, ClassFolderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options = (options ?? new()).Checked();
        var found = options.Parts.SelectMany((part, index) => FoldersOf(Path.Join(folder, part)).Select(path => (Part: index, path))).ToArray();
        if (found is [])
            throw new DataFormatException(folder, "has no folders of classes; expected one with files in it for each class");
        var names = Array.ConvertAll(found, item => Path.GetFileName(item.path));
        var classes = options.Classes ?? Vocabulary.Of(names);
        Require(folder, names.Where(name => !classes.Contains(name)), "is not one of the classes", "are not among the classes");

        var listed = new ClassFolder[found.Length];
        Parallel.For(
            0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            index => listed[index] = ClassFolder.List(found[index].path, options.Endings));
        var folders = Enumerable.Range(0, found.Length)
            .Select(index => (found[index].Part, Class: classes.IndexOf(names[index]), Folder: listed[index]))
            .OrderBy(item => item.Part).ThenBy(item => item.Class).ToArray();
        if (!options.AllowEmpty) RequireFiles(folder, options, classes, folders);
        return new(folder, options, classes, folders);
    }

    /// <summary>The number of a file's class.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    public int ClassOf(int index) => _folders[PlaceOf(index)].Class;

    /// <summary>How many files each class has, over all parts.</summary>
    /// <returns>One number a class, in their order.</returns>
    public IReadOnlyList<int> CountByClass()
    {
        var counts = new int[Classes.Count];
        foreach (var (_, number, folder) in _folders) counts[number] += folder.Count;
        return counts;
    }

    /// <summary>Divides the files: one part is for validation, the others are for training.</summary>
    /// <param name="part">The name of the part, such as <c>val</c>.</param>
    /// <exception cref="ArgumentException">The set was not listed with that part.</exception>
    public Split ValidateOn(string part)
    {
        var number = Array.IndexOf([.. _options.Parts], part);
        if (number < 0)
            throw new ArgumentException($"'{part}' is not one of the parts: {string.Join(", ", _options.Parts)}.", nameof(part));
        return Split.ByIndex(_folders.SelectMany((item, place) =>
            item.Part == number ? Enumerable.Range(_starts[place], item.Folder.Count) : []));
    }

    /// <inheritdoc/>
    public IEnumerator<ClassFile> GetEnumerator()
    {
        foreach (var (_, number, folder) in _folders)
            for (var index = 0; index < folder.Count; index++) yield return new(folder.PathOf(index), Classes[number]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<string> FoldersOf(string folder) => Directory
        .EnumerateDirectories(folder)
        .Where(path => Path.GetFileName(path)[0] != '.');

    private static void RequireFiles(
        string location, ClassFolderOptions options, Vocabulary classes, (int Part, int Class, ClassFolder Folder)[] folders)
    {
        var counts = folders.ToLookup(item => item.Class, item => item.Folder.Count);
        var endings = string.Join(", ", options.Endings);
        Require(
            location, classes.Where((_, number) => counts[number].Sum() == 0),
            $"is a class without files ({endings})", $"are classes without files ({endings})");
    }

    private static void Require(string location, IEnumerable<string> wrong, string one, string several)
    {
        var names = wrong.Distinct().ToArray();
        if (names is []) return;
        var shown = string.Join(", ", names.Take(NamesShown)) + (names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "");
        throw new DataFormatException(location, $"{shown} {(names.Length == 1 ? one : several)}");
    }

    private int PlaceOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var place = Array.BinarySearch(_starts, index);
        if (place < 0) return ~place - 1;
        // Empty folders begin where the next one does: the last of them has the file.
        while (place + 1 < _starts.Length && _starts[place + 1] == index) place++;
        return place;
    }
}
