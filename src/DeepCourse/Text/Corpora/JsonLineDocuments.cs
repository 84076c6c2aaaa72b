using System.Text.Json;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>A file with one JSON object in each line, one document an object.</summary>
/// <param name="path">The file, plain or compressed by gzip.</param>
/// <param name="text">The name of the text.</param>
/// <param name="label">The name of the label, a string, a number, true or false; null reads none.</param>
/// <param name="options">What to do with bytes that are not UTF-8, and with objects without a label.</param>
public sealed class JsonLineDocuments(string path, string text = "text", string? label = null, DocumentOptions? options = null)
    : IDocuments
{
    private readonly DocumentOptions _options = options ?? DocumentOptions.Default;

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public long? TotalBytes => new FileInfo(path).Length;

    /// <inheritdoc/>
    /// <remarks>Blank lines are left out.</remarks>
    /// <exception cref="DataFormatException">The file is not UTF-8, a line is no such object, or it has no label; the
    /// message names the byte or the line.</exception>
    public IEnumerable<Document> Read(Action<long>? advance = null)
    {
        using var reader = new TextFileReader(path, _options, advance);
        while (reader.ReadLine() is { } line)
            if (!string.IsNullOrWhiteSpace(line)) yield return Parse(line, reader.Line);
    }

    private Document Parse(string line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw DataFormatException.AtLine(path, number, $"expected a JSON object, found {Describe(json.RootElement)}");
            if (!json.RootElement.TryGetProperty(text, out var value))
                throw DataFormatException.AtLine(path, number, $"has no '{text}'; it has {NamesOf(json.RootElement)}");
            if (value.ValueKind != JsonValueKind.String)
                throw DataFormatException.AtLine(path, number, $"'{text}' should be a string, but is {Describe(value)}");
            return new($"{path}:{number}", value.GetString()!, LabelOf(json.RootElement, number));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw DataFormatException.AtLine(path, number, $"is no JSON: {exception.Message}");
        }
    }

    private string? LabelOf(JsonElement element, int number)
    {
        if (label == null) return null;
        if (element.TryGetProperty(label, out var value))
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String when value.GetString() is { Length: > 0 } name: return name;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False: return value.GetRawText();
                case JsonValueKind.Object or JsonValueKind.Array:
                    throw DataFormatException.AtLine(path, number, $"the label '{label}' should be a string or a number, but is {Describe(value)}");
            }
        }
        return _options.RequireLabels ? throw DataFormatException.AtLine(path, number, $"has no label '{label}'") : null;
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => element.ToString() is { Length: > 0 } value ? value : "null",
    };

    private static string NamesOf(JsonElement element) =>
        string.Join(", ", element.EnumerateObject().Select(property => $"'{property.Name}'"));
}
