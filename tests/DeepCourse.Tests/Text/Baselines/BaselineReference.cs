using System.Text.Json;

namespace DeepCourse.Tests.Text.Baselines;

/// <summary>The small documents of text_baseline.json, and what scikit-learn makes of them.</summary>
internal static class BaselineReference
{
    public static JsonElement Root { get; } = JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("text_baseline.json"))).RootElement;

    public static string[] Documents { get; } = Texts("documents");

    public static string[] Fresh { get; } = Texts("fresh");

    public static int[] Labels { get; } = [.. Root.GetProperty("labels").EnumerateArray().Select(value => value.GetInt32())];

    private static string[] Texts(string name) => [.. Root.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
