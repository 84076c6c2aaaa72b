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

    /// <summary>Reads a file; null when nothing usable is in it and faults are skipped.</summary>
    public static AnnotatedImage? Read(string path, string picture, int index, PascalVocOptions options, AnnotationFaults faults)
    {
        using var reader = XmlReader.Create(path, settings);
        var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        var size = SizeOf(root, picture);
        var elements = root.Elements("object").ToList();
        if (elements.Count == 0)
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
        return faulty == elements.Count ? null : new(picture, size, objects);
    }

    private static string? Parse(XElement element, PixelSize size, IReadOnlyList<string> classes, out AnnotatedObject? item)
    {
        item = null;
        var name = element.Element("name")?.Value.Trim() ?? "";
        var index = IndexOf(classes, name);
        if (index < 0) return $"an object of the class '{name}'; known are {string.Join(", ", classes)}";
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
        item = new(index, box, element.Element("difficult")?.Value.Trim() == "1");
        return problem;
    }

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
