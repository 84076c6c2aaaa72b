using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets;

/// <summary>One annotation file of Pascal VOC.</summary>
internal static class PascalVocFile
{
    // Annotations need no document type, and one could name files or grow without end.
    private static readonly XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private static readonly string[] pictureEndings = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Reads a file; null when nothing usable is in it and faults are skipped.</summary>
    public static AnnotatedImage? Read(string path, string pictures, int index, PascalVocOptions options, AnnotationFaults faults)
    {
        var root = Parse(path);
        if (root.Name != "annotation")
        {
            faults.Report(index, path, ((IXmlLineInfo)root).LineNumber, $"expected the root element 'annotation', found '{root.Name}'");
            return null;
        }

        // By the annotation's own name, as VOC's tools do; the one inside is often that of another machine.
        var stem = Path.Combine(pictures, Path.GetFileNameWithoutExtension(path));
        if (pictureEndings.Select(ending => stem + ending).FirstOrDefault(File.Exists) is not { } picture)
        {
            faults.Report(index, path, null, $"its picture is missing: neither {stem}.jpg nor {string.Join(", ", pictureEndings[1..])}");
            return null;
        }

        var size = SizeOf(root, picture);
        var elements = root.Elements("object").ToList();
        if (elements.Count == 0 && !options.IncludeEmpty)
        {
            faults.Report(index, path, null, "no object in it");
            return null;
        }

        var objects = new List<AnnotatedObject>();
        var faulty = 0;
        foreach (var element in elements)
        {
            var problem = Parse(element, size, options.Classes, out var item);
            if (problem is not null)
            {
                faulty++;
                faults.Report(index, path, ((IXmlLineInfo)element).LineNumber, problem);
            }
            else if (options.IncludeDifficult || !item!.IsDifficult)
            {
                objects.Add(item!);
            }
        }

        // What is left when every object is faulty is no picture without objects.
        return faulty > 0 && faulty == elements.Count ? null : new(picture, size, objects);
    }

    /// <summary>The names of the classes that occur in a file.</summary>
    public static IEnumerable<string> ClassesIn(string path) =>
        Parse(path).Elements("object").Select(NameOf).Where(name => name.Length > 0);

    private static XElement Parse(string path)
    {
        using var reader = XmlReader.Create(path, settings);
        return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
    }

    private static string NameOf(XElement element) => element.Element("name")?.Value.Trim() ?? "";

    private static string? Parse(XElement element, PixelSize size, IReadOnlyList<string> classes, out AnnotatedObject? item)
    {
        item = null;
        var name = NameOf(element);
        var index = IndexOf(classes, name);
        if (index < 0) return $"an object of the class '{name}'; known (PascalVocOptions.Classes) are {string.Join(", ", classes)}";
        if (element.Element("bndbox") is not { } edges) return $"an object '{name}' without a bndbox";
        Span<float> values = stackalloc float[4];
        foreach (var (place, edge) in (ReadOnlySpan<(int, string)>)[(0, "xmin"), (1, "ymin"), (2, "xmax"), (3, "ymax")])
        {
            var text = edges.Element(edge)?.Value.Trim();
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[place]))
                return $"an object '{name}' whose {edge} is '{text}'";
        }

        if (values[0] == values[2] || values[1] == values[3])
            return $"an empty box of '{name}': {string.Join(", ", edges.Elements().Select(edge => $"{edge.Name} {edge.Value}"))}";
        var problem = AnnotationFaults.Check(new(values[0] - 1, values[1] - 1, values[2], values[3]), size, out var box);
        item = new(index, box, IsSet(element, "difficult"), IsSet(element, "truncated"));
        return problem;
    }

    // Absent in parts of 2012 and in files of some tools.
    private static bool IsSet(XElement element, string flag) => element.Element(flag)?.Value.Trim() == "1";

    private static int IndexOf(IReadOnlyList<string> classes, string name)
    {
        for (var index = 0; index < classes.Count; index++)
            if (classes[index] == name) return index;
        return -1;
    }

    private static PixelSize SizeOf(XElement root, string picture)
    {
        var (width, height) = (Length(root, "width"), Length(root, "height"));
        // Some tools write zeros; the picture itself knows better.
        return width > 0 && height > 0 ? new(width, height) : ImageReader.Identify(picture).Size;
    }

    private static int Length(XElement root, string side) =>
        int.TryParse(root.Element("size")?.Element(side)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var length) ? length : 0;
}
