using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepCourse.Vision.Datasets;

/// <summary>The parts of a COCO file that are read.</summary>
internal sealed record CocoFile(
    [property: JsonPropertyName("images")] List<CocoFile.Image>? Images,
    [property: JsonPropertyName("annotations")] List<CocoFile.Annotation>? Annotations,
    [property: JsonPropertyName("categories")] List<CocoFile.Category>? Categories)
{
    /// <summary>Null is no name.</summary>
    internal static JsonSerializerOptions Format { get; } = new() { RespectNullableAnnotations = true };

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
        public long? Id { get; init; }

        [JsonPropertyName("image_id")]
        public required long ImageId { get; init; }

        [JsonPropertyName("category_id")]
        public required long CategoryId { get; init; }

        [JsonPropertyName("bbox")]
        public float[]? Box { get; init; }

        [JsonPropertyName("area")]
        public double? Area { get; init; }

        [JsonPropertyName("iscrowd")]
        [JsonConverter(typeof(Flag))]
        public bool IsCrowd { get; init; }

        [JsonPropertyName("ignore")]
        [JsonConverter(typeof(Flag))]
        public bool IsIgnored { get; init; }
    }

    internal sealed record Category
    {
        [JsonPropertyName("id")]
        public required long Id { get; init; }

        [JsonPropertyName("name")]
        public required string Name { get; init; }
    }

    /// <summary>0 or 1 in COCO, a truth value in files of some tools.</summary>
    private sealed class Flag : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.Number when reader.TryGetInt32(out var flag) => flag != 0,
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
            writer.WriteBooleanValue(value);
    }
}
