using System.Text.Json;
using System.Text.Json.Serialization;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets;

/// <summary>Files of what a detector found, in COCO's format: an array of objects with <c>image_id</c>,
/// <c>category_id</c>, <c>bbox</c> as [left, top, width, height] in pixels, and <c>score</c>.</summary>
public static class CocoResults
{
    private static readonly JsonSerializerOptions format = new() { RespectNullableAnnotations = true };

    /// <summary>The numbers of COCO's 80 classes in their usual order: 1 to 90 with gaps.</summary>
    public static IReadOnlyList<int> Categories { get; } =
        [.. Enumerable.Range(1, 90).Except([12, 26, 29, 30, 45, 66, 68, 69, 71, 83])];

    /// <summary>Writes finds.</summary>
    /// <param name="path">The file to make or to replace.</param>
    /// <param name="results">The finds, in any order.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, IEnumerable<CocoResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(
            stream,
            results.Select(result => new Entry
            {
                ImageId = result.ImageId,
                CategoryId = result.CategoryId,
                Box = [result.Box.Left, result.Box.Top, result.Box.Width, result.Box.Height],
                Score = result.Score,
            }),
            format));
    }

    /// <summary>Reads finds.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The finds in the file's order.</returns>
    /// <exception cref="DataFormatException">No JSON of this format; names the file, and the line or the number of the
    /// find.</exception>
    public static IReadOnlyList<CocoResult> Read(string path)
    {
        List<Entry?> entries;
        try
        {
            using var stream = File.OpenRead(path);
            entries = JsonSerializer.Deserialize<List<Entry?>>(stream, format) ?? throw new JsonException("it is null");
        }
        catch (JsonException broken)
        {
            var problem = $"no JSON of COCO's format of results: {broken.Message}";
            throw broken.LineNumber is { } line
                ? DataFormatException.AtLine(path, (int)line + 1, problem)
                : new DataFormatException(path, problem, broken);
        }
        return
        [
            .. entries.Index().Select(each => each.Item is { Box: [var left, var top, var width, var height] } entry && float.IsFinite(entry.Score)
                ? new CocoResult(entry.ImageId, entry.CategoryId, PixelBox.FromSize(left, top, width, height), entry.Score)
                : throw new DataFormatException(path, $"find number {each.Index + 1}: expected a bbox of four numbers and a score")),
        ];
    }

    private sealed record Entry
    {
        [JsonPropertyName("image_id")]
        public required long ImageId { get; init; }

        [JsonPropertyName("category_id")]
        public required long CategoryId { get; init; }

        [JsonPropertyName("bbox")]
        public required float[] Box { get; init; }

        [JsonPropertyName("score")]
        public required float Score { get; init; }
    }
}
