using System.Text.Json;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets;

/// <content>Writing.</content>
public static partial class CocoJson
{
    /// <summary>Writes annotations so that <see cref="Read"/> gives them back, all but whether objects are
    /// truncated.</summary>
    /// <param name="path">The JSON file to make or to replace.</param>
    /// <param name="images">The annotations. Pictures, objects and classes are numbered from 1, in their order.</param>
    /// <param name="imageFolder">Where the pictures lie: they are named from there on. They are not copied.</param>
    /// <exception cref="ArgumentException">An object is of a class that is not in the list.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <remarks>Difficult objects that are no crowds are marked to be ignored (<c>ignore</c>).</remarks>
    public static void Write(string path, AnnotatedImages images, string imageFolder)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(imageFolder);
        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteStartArray("images");
            for (var index = 0; index < images.Count; index++) WriteImage(json, index + 1, images[index], imageFolder);
            json.WriteEndArray();
            json.WriteStartArray("annotations");
            var id = 0;
            for (var index = 0; index < images.Count; index++)
                foreach (var item in images[index].Objects)
                {
                    if (item.Class < 0 || item.Class >= images.Classes.Count)
                        throw new ArgumentException(
                            $"expected classes in 0..{images.Classes.Count - 1}, got {item.Class} in {images[index].Path}", nameof(images));
                    WriteAnnotation(json, ++id, index + 1, item);
                }
            json.WriteEndArray();
            json.WriteStartArray("categories");
            foreach (var (index, name) in images.Classes.Index())
            {
                json.WriteStartObject();
                json.WriteNumber("id", index + 1);
                json.WriteString("name", name);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteImage(Utf8JsonWriter json, int id, AnnotatedImage image, string imageFolder)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("file_name", Path.GetRelativePath(imageFolder, image.Path).Replace('\\', '/'));
        json.WriteNumber("width", image.Size.Width);
        json.WriteNumber("height", image.Size.Height);
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, int id, int image, AnnotatedObject item)
    {
        var box = item.Box;
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", item.Class + 1);
        json.WriteStartArray("bbox");
        foreach (var number in (ReadOnlySpan<float>)[box.Left, box.Top, box.Width, box.Height]) json.WriteNumberValue(number);
        json.WriteEndArray();
        json.WriteNumber("area", item.Area ?? box.Width * box.Height);
        json.WriteNumber("iscrowd", item.IsCrowd ? 1 : 0);
        if (item.IsDifficult && !item.IsCrowd) json.WriteNumber("ignore", 1);
        json.WriteEndObject();
    }
}
