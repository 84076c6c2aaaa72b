using System.Text.Json;
using DeepCourse.Text;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Tokenization;

/// <summary>A tokenizer that the plain implementation trained, and what it gives.</summary>
internal sealed record BytePairReference(
    BytePairTraining Training, string[] Documents, string[] Tokens, BytePairMerge[] Merges, (string Text, int[] Numbers)[] Encoded)
{
    internal static IReadOnlyList<BytePairReference> All { get; } = Read();

    internal BytePairTokenizer Tokenizer => new(new TokenVocabulary(Tokens, unknown: null), Merges, Training.Options);

    private static List<BytePairReference> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ReferenceFiles.PathOf("text_byte_pairs.json")));
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static BytePairReference Read(JsonElement element) => new(
        new(element.GetProperty("size").GetInt32())
        {
            MinCount = element.GetProperty("least").GetInt64(),
            Options = new() { SpecialTokens = Strings(element, "special") },
        },
        Strings(element, "documents"),
        Strings(element, "tokens"),
        [.. Strings(element, "merges").Select(merge => merge.Split(' ')).Select(pair => new BytePairMerge(pair[0], pair[1]))],
        [.. element.GetProperty("encoded").EnumerateArray().Select(encoded => (encoded.GetProperty("text").GetString()!,
            encoded.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray()))]);

    private static string[] Strings(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
