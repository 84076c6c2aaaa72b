using System.Xml;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets;

/// <summary>Reads data sets in the layout of Pascal VOC: <c>JPEGImages</c>, <c>Annotations</c>, <c>ImageSets/Main</c>.</summary>
/// <remarks>
/// The pixels of VOC's boxes count from 1 and belong to the box on both sides, so that a box from 1 to 1 would be one
/// pixel wide. Here it becomes the range from <c>min - 1</c> to <c>max</c>. A box whose minimum is its maximum is
/// nevertheless taken as the slip of the mouse that it is, and as a fault.
/// </remarks>
public static partial class PascalVoc
{
    private static readonly string[] places =
        ["", "VOC2007", "VOC2012", "VOCdevkit/VOC2007", "VOCdevkit/VOC2012", "VOCtrainval_06-Nov-2007/VOCdevkit/VOC2007"];

    /// <summary>The 20 classes of the challenge, in alphabetical order as everywhere.</summary>
    public static IReadOnlyList<string> Classes { get; } =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse",
        "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    /// <summary>The names of the classes that occur in a data set, for <see cref="PascalVocOptions.Classes"/>.</summary>
    /// <param name="folder">As for <see cref="Read"/>.</param>
    /// <returns>The names, sorted; annotations that are no XML are passed over, reading them tells.</returns>
    /// <exception cref="DirectoryNotFoundException">No such data set in the folder.</exception>
    public static IReadOnlyList<string> FindClasses(string folder)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(FindRoot(folder), "Annotations"), "*.xml"))
        {
            try
            {
                names.UnionWith(PascalVocFile.ClassesIn(path));
            }
            catch (XmlException)
            {
                // No names can be had from it.
            }
        }

        return [.. names];
    }

    /// <summary>Reads the annotations of one split; pictures are opened later.</summary>
    /// <param name="folder">The folder of a year (<c>VOC2007</c>), or one that holds it, such as <c>VOCdevkit</c>'s parent.</param>
    /// <param name="split">Name of a list in <c>ImageSets/Main</c>: train, val, trainval or test; null for every annotation
    /// there is.</param>
    /// <param name="options">Classes and policies.</param>
    /// <returns>The pictures of the split, in the list's order.</returns>
    /// <exception cref="DirectoryNotFoundException">No such data set in the folder.</exception>
    /// <exception cref="FileNotFoundException">No such split.</exception>
    /// <exception cref="DataFormatException">An annotation is missing or faulty; names the file, the line and the value.</exception>
    public static AnnotatedImages Read(string folder, string? split = null, PascalVocOptions? options = null)
    {
        options ??= new();
        var root = FindRoot(folder);
        var faults = new AnnotationFaults(options.Faults);
        var images = new List<AnnotatedImage>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, id) in Names(root, split).Index())
        {
            var path = Path.Combine(root, "Annotations", $"{id}.xml");
            if (!names.Add(id))
            {
                faults.Report(index, path, null, $"the split '{split}' names it twice: expected each picture once");
                continue;
            }
            try
            {
                if (PascalVocFile.Read(path, Path.Combine(root, "JPEGImages"), index, options, faults) is { } image) images.Add(image);
            }
            catch (XmlException broken)
            {
                faults.Report(index, path, broken.LineNumber > 0 ? broken.LineNumber : null, $"no XML: {broken.Message}");
            }
            catch (DataFormatException broken) when (broken.Path != path)
            {
                faults.Report(index, path, null, $"its picture can't be read: {broken.Message}");
            }
            catch (FileNotFoundException)
            {
                faults.Report(index, path, null, $"the split '{split}' names it, but there is no such file");
            }
        }

        return new($"{Path.GetFileName(root)} {split}".TrimEnd(), options.Classes, images, faults.Skipped);
    }

    private static IEnumerable<string> Names(string root, string? split)
    {
        if (split is null)
        {
            return Directory.EnumerateFiles(Path.Combine(root, "Annotations"), "*.xml")
                .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);
        }

        var list = Path.Combine(root, "ImageSets", "Main", $"{split}.txt");
        if (!File.Exists(list))
            throw new FileNotFoundException($"'{root}' has no split '{split}': expected the file {list}.", list);

        // A list has one name a line; the lists of a single class have a second column.
        return File.ReadLines(list)
            .Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length > 0)
            .Select(parts => parts[0]);
    }

    private static string FindRoot(string folder)
    {
        if (places.Select(place => Path.GetFullPath(Path.Combine(folder, place))).FirstOrDefault(IsRoot) is { } root) return root;
        // Sets of other people's bear names of their own; which of several is meant can't be guessed.
        string[] within = Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(IsRoot)] : [];
        return within is [var only]
            ? Path.GetFullPath(only)
            : throw new DirectoryNotFoundException(
                $"There is {(within.Length == 0 ? "no Pascal VOC data set" : "more than one Pascal VOC data set")} in '{folder}': expected "
                + "the folders Annotations, JPEGImages and ImageSets/Main, in it or in a folder under it, such as VOC2007 or VOCdevkit/VOC2007.");
    }

    private static bool IsRoot(string candidate) => Directory.Exists(Path.Combine(candidate, "Annotations"));
}
