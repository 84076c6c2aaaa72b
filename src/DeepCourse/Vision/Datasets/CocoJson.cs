using System.Text.Json;
using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets;

/// <summary>Reads boxes from a JSON file in COCO's format (<c>images</c>, <c>annotations</c>, <c>categories</c>).</summary>
/// <remarks>Boxes are [left, top, width, height] in pixels. Outlines and captions in the file are passed over.</remarks>
public static partial class CocoJson
{
    /// <summary>Reads the annotations; pictures are opened later.</summary>
    /// <param name="path">The JSON file.</param>
    /// <param name="imageFolder">Where the pictures lie that the file names.</param>
    /// <param name="includeCrowds">Whether boxes around crowds, or marked to be ignored, are kept.</param>
    /// <param name="faults">What to do about empty boxes, boxes outside the picture, missing pictures, numbers given twice
    /// and references that lead nowhere.</param>
    /// <returns>The pictures in the file's order; classes are sorted by the file's category numbers, which may have gaps.</returns>
    /// <exception cref="DataFormatException">No JSON of this format, or a faulty annotation; names the file and the value.</exception>
    public static AnnotatedImages Read(
        string path, string imageFolder, bool includeCrowds = false, UnreadableItems faults = UnreadableItems.Throw)
    {
        var file = Parse(path);
        var log = new AnnotationFaults(faults);
        var categories = file.Categories!.OrderBy(category => category.Id).ToList();
        var classOf = IndexById(categories.Select(category => category.Id), "categories", path);
        var indexOf = IndexById(file.Images!.Select(image => image.Id), "images", path);
        var pictures = file.Images!.Select(image => Path.Combine(imageFolder, image.FileName)).ToArray();
        var isThere = Array.ConvertAll(pictures, File.Exists);
        foreach (var (index, picture) in pictures.Index())
            if (!isThere[index]) log.Report(index, path, null, $"the picture of image {file.Images![index].Id} is missing: {picture}");
        var objects = file.Images!.Select(_ => new List<AnnotatedObject>()).ToArray();
        var ids = new HashSet<long>();
        foreach (var (number, annotation) in file.Annotations!.Index())
        {
            var name = annotation.Id is { } id ? $"annotation {id}" : $"annotation number {number + 1}, which has no id,";
            if (!indexOf.TryGetValue(annotation.ImageId, out var index))
            {
                log.Report(-1, path, null, $"{name} is of image {annotation.ImageId}, which the file does not have");
            }
            else if (annotation.Id is { } given && !ids.Add(given))
            {
                log.Report(index, path, null, $"{name} is there twice: expected ids that differ");
            }
            else if (!classOf.TryGetValue(annotation.CategoryId, out var kind))
            {
                log.Report(index, path, null, $"{name} is of category {annotation.CategoryId}, which the file does not have");
            }
            else if (ObjectOf(annotation, kind, file.Images![index], out var item) is { } problem)
            {
                log.Report(index, path, null, $"{name}{problem}");
            }
            else if (includeCrowds || !item!.IsDifficult)
            {
                objects[index].Add(item!);
            }
        }

        return new(
            Path.GetFileNameWithoutExtension(path),
            [.. categories.Select(category => category.Name)],
            [.. from entry in file.Images!.Index()
                where isThere[entry.Index]
                select new AnnotatedImage(pictures[entry.Index], new(entry.Item.Width, entry.Item.Height), objects[entry.Index])],
            log.Skipped);
    }

    private static string? ObjectOf(CocoFile.Annotation annotation, int kind, CocoFile.Image image, out AnnotatedObject? item)
    {
        item = null;
        if (annotation.Box is not [var left, var top, var width, var height]) return " has no bbox of four numbers";
        if (AnnotationFaults.Check(PixelBox.FromSize(left, top, width, height), new(image.Width, image.Height), out var box) is { } problem)
            return $": {problem}";
        // Worth keeping only where it is not the box's own: that of an outline.
        var own = (double)width * height;
        var area = annotation.Area is { } given && Math.Abs(given - own) > 1e-4 * own ? (float?)given : null;
        item = new(kind, box, annotation.IsCrowd || annotation.IsIgnored, IsCrowd: annotation.IsCrowd, Area: area);
        return null;
    }

    private static Dictionary<long, int> IndexById(IEnumerable<long> ids, string list, string path)
    {
        var indices = new Dictionary<long, int>();
        foreach (var (index, id) in ids.Index())
            if (!indices.TryAdd(id, index)) throw new DataFormatException(path, $"two {list} have the id {id}");
        return indices;
    }

    private static CocoFile Parse(string path)
    {
        CocoFile? file;
        try
        {
            using var stream = File.OpenRead(path);
            file = JsonSerializer.Deserialize<CocoFile>(stream, CocoFile.Format);
        }
        catch (JsonException broken)
        {
            var problem = $"no JSON of COCO's format: {broken.Message}";
            throw broken.LineNumber is { } line
                ? DataFormatException.AtLine(path, (int)line + 1, problem)
                : new DataFormatException(path, problem, broken);
        }

        if (file?.Images is null || file.Annotations is null || file.Categories is null)
            throw new DataFormatException(path, "expected an object with images, annotations and categories");
        if (file.Images.Contains(null!) || file.Annotations.Contains(null!) || file.Categories.Contains(null!))
            throw new DataFormatException(path, "expected objects in images, annotations and categories, found null");
        return file.Images.Find(image => image.Width < 1 || image.Height < 1) is { } flat
            ? throw new DataFormatException(path, $"image {flat.Id} ('{flat.FileName}') has the size {new PixelSize(flat.Width, flat.Height)}")
            : file;
    }
}
