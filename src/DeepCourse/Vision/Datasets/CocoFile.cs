using System.Text.Json.Serialization;

namespace DeepCourse.Vision.Datasets;

/// <summary>The parts of a COCO file that are read.</summary>
internal sealed record CocoFile(
    [property: JsonPropertyName("images")] List<CocoFile.Image>? Images,
    [property: JsonPropertyName("annotations")] List<CocoFile.Annotation>? Annotations,
    [property: JsonPropertyName("categories")] List<CocoFile.Category>? Categories)
{
    internal sealed record Image
    {
        [JsonPropertyName("id")]
        public required long Id { get; init; }

        [JsonPropertyName("file_name")]
        public required string FileName { get; init; }

        [JsonPropertyName("width")]
        public required int Width { get; init; }

        [JsonPropertyName("height")]
        public required int Height { get; init; }
    }

    internal sealed record Annotation
    {
        [JsonPropertyName("id")]
        public long Id { get; init; }

        [JsonPropertyName("image_id")]
        public required long ImageId { get; init; }

        [JsonPropertyName("category_id")]
        public required long CategoryId { get; init; }

        [JsonPropertyName("bbox")]
        public float[]? Box { get; init; }

        [JsonPropertyName("iscrowd")]
        public int IsCrowd { get; init; }

        [JsonPropertyName("ignore")]
        public int Ignore { get; init; }
    }

    internal sealed record Category
    {
        [JsonPropertyName("id")]
        public required long Id { get; init; }

        [JsonPropertyName("name")]
        public required string Name { get; init; }
    }
}
