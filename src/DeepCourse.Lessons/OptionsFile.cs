using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepCourse.Lessons;

/// <summary>options.json of a run folder: what to type to get the same run again.</summary>
/// <param name="Command">The command, such as <c>study</c>; null for training.</param>
/// <param name="Options">Option names with the two dashes, and their values.</param>
internal sealed record OptionsFile(string? Command, IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string ToJson(string lesson)
    {
        var options = new JsonObject();
        foreach (var (name, values) in Options) options[name] = values.Count == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(v => (JsonNode)JsonValue.Create(v)!)]);
        return new JsonObject { ["lesson"] = lesson, ["command"] = Command ?? "train", ["options"] = options }.ToJsonString(Indented) + "\n";
    }

    public static OptionsFile Read(string file)
    {
        if (!File.Exists(file)) throw new UsageException($"there is no options file '{file}'; expected the options.json of an earlier run");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var options = new List<(string, IReadOnlyList<string>)>();
            foreach (var option in json.RootElement.GetProperty("options").EnumerateObject())
            {
                IEnumerable<string> values = option.Value.ValueKind == JsonValueKind.Array
                    ? option.Value.EnumerateArray().Select(v => v.ToString())
                    : [option.Value.ToString()];
                options.Add((option.Name, [.. values]));
            }
            return new OptionsFile(json.RootElement.GetProperty("command").GetString(), options);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"'{file}' is not the options.json of a run: {broken.Message}");
        }
    }

    /// <summary>A value as a word of the command line; null for no value.</summary>
    public static string? Word(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
