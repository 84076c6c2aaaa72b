using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets;

/// <content>Writing.</content>
public static partial class PascalVoc
{
    /// <summary>Writes a split so that <see cref="Read"/> gives it back, all but outlines' areas and crowds.</summary>
    /// <param name="folder">The folder of the set; what it has of other splits stays.</param>
    /// <param name="images">The annotations; their pictures are copied unless they lie there already.</param>
    /// <param name="split">The name of the list in <c>ImageSets/Main</c>, such as train.</param>
    /// <exception cref="ArgumentException">Two pictures of the same name; an object of a class that is not in the list; a
    /// box no wider or no higher than a pixel, which VOC's whole numbers can't tell from an empty one.</exception>
    /// <exception cref="IOException">A file can't be written, or a picture is missing.</exception>
    public static void Write(string folder, AnnotatedImages images, string split)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentException.ThrowIfNullOrWhiteSpace(split);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < images.Count; index++)
        {
            var name = Path.GetFileNameWithoutExtension(images[index].Path);
            if (!names.Add(name)) throw new ArgumentException($"two pictures have the name '{name}': {images[index].Path}", nameof(images));
        }
        for (var index = 0; index < images.Count; index++)
        {
            var image = images[index];
            var annotation = AnnotationOf(image, images.Classes);
            var picture = Path.GetFullPath(Path.Combine(folder, "JPEGImages", Path.GetFileName(image.Path)));
            Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
            if (picture != Path.GetFullPath(image.Path)) File.Copy(image.Path, picture, overwrite: true);
            AtomicFile.Write(
                Path.Combine(folder, "Annotations", $"{Path.GetFileNameWithoutExtension(picture)}.xml"),
                stream => Save(annotation, stream));
        }
        AtomicFile.Write(
            Path.Combine(folder, "ImageSets", "Main", $"{split}.txt"),
            stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(names.Select(name => name + "\n")))));
    }

    private static XElement AnnotationOf(AnnotatedImage image, IReadOnlyList<string> classes) => new(
        "annotation",
        new XElement("folder", "JPEGImages"),
        new XElement("filename", Path.GetFileName(image.Path)),
        new XElement(
            "size",
            new XElement("width", image.Size.Width),
            new XElement("height", image.Size.Height),
            new XElement("depth", 3)),
        image.Objects.Select(item => ObjectOf(item, image, classes)));

    private static XElement ObjectOf(AnnotatedObject item, AnnotatedImage image, IReadOnlyList<string> classes)
    {
        if (item.Class < 0 || item.Class >= classes.Count)
            throw new ArgumentException($"expected classes in 0..{classes.Count - 1}, got {item.Class} in {image.Path}", nameof(image));
        if (!(item.Box.Width > 1 && item.Box.Height > 1))
            throw new ArgumentException($"expected boxes wider and higher than a pixel, got {item.Box} in {image.Path}", nameof(image));
        return new(
            "object",
            new XElement("name", classes[item.Class]),
            new XElement("truncated", item.IsTruncated ? 1 : 0),
            new XElement("difficult", item.IsDifficult ? 1 : 0),
            BoxOf(item.Box));
    }

    // Pixels count from 1, and the last one belongs to the box.
    private static XElement BoxOf(PixelBox box) => new(
        "bndbox",
        new XElement("xmin", Text(box.Left + 1)),
        new XElement("ymin", Text(box.Top + 1)),
        new XElement("xmax", Text(box.Right)),
        new XElement("ymax", Text(box.Bottom)));

    private static string Text(float edge) => edge.ToString(CultureInfo.InvariantCulture);

    private static void Save(XElement annotation, Stream stream)
    {
        using var writer = XmlWriter.Create(
            stream, new() { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        annotation.Save(writer);
    }
}
