using System.Text.Json;

namespace DeepCourse.Tests.Text.Tokenization;

/// <summary>Texts with the tokens that a plain implementation of the same rules gives for them.</summary>
internal static class TokenizerReference
{
    internal static IEnumerable<(string Rules, string Text, string[] Tokens)> Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ReferenceFiles.PathOf(name)));
        foreach (var reference in document.RootElement.EnumerateArray())
        {
            string[] tokens = [.. reference.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!)];
            yield return (reference.GetProperty("rules").GetString()!, reference.GetProperty("text").GetString()!, tokens);
        }
    }

    internal static string Show(string text) => JsonSerializer.Serialize(text);
}
