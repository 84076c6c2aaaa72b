using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Tokenization;

/// <summary>Reads and writes vocab.json and merges.txt.</summary>
internal static class BytePairFiles
{
    private const string Header = "#version: 0.2";

    internal static TokenVocabulary ReadVocabulary(string path)
    {
        var data = File.ReadAllBytes(path);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(data);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw At(path, data, reader.TokenStartIndex, "expected an object that gives each token its number");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var token = reader.GetString()!;
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var number) || number < 0)
                    throw At(path, data, reader.TokenStartIndex, $"the token '{token}' needs a number from 0 on");
                if (!numbers.TryAdd(token, number))
                    throw At(path, data, reader.TokenStartIndex, $"the token '{token}' occurs twice");
            }
            while (reader.Read()) continue;
        }
        catch (JsonException error)
        {
            throw DataFormatException.AtLine(path, (int)(error.LineNumber ?? 0) + 1, $"not JSON: {error.Message}");
        }
        catch (InvalidOperationException error)
        {
            throw new DataFormatException(path, "a token is not valid text", error);
        }
        return InOrder(path, numbers);
    }

    internal static IReadOnlyList<BytePairMerge> ReadMerges(string path, TokenVocabulary vocabulary)
    {
        var merges = new List<BytePairMerge>();
        var seen = new HashSet<BytePairMerge>();
        var line = 0;
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (text.Length == 0 || (line == 1 && text.StartsWith("#version", StringComparison.Ordinal))) continue;
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || space == text.Length - 1 || text.IndexOf(' ', space + 1) >= 0)
                throw DataFormatException.AtLine(path, line, $"expected two tokens with one space between, found '{text}'");
            var merge = new BytePairMerge(text[..space], text[(space + 1)..]);
            foreach (var token in new[] { merge.Left, merge.Right, merge.Merged })
                if (!vocabulary.Contains(token))
                    throw DataFormatException.AtLine(path, line, $"the vocabulary of {vocabulary.Count} tokens has no '{token}'; do both files belong together?");
            if (!seen.Add(merge)) throw DataFormatException.AtLine(path, line, $"the merge '{text}' occurs twice");
            merges.Add(merge);
        }
        return merges;
    }

    internal static void WriteVocabulary(string path, TokenVocabulary vocabulary) => AtomicFile.Write(path, stream =>
    {
        // Other readers of the format expect the alphabet of bytes as it is.
        using var writer = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        for (var number = 0; number < vocabulary.Count; number++) writer.WriteNumber(vocabulary[number], number);
        writer.WriteEndObject();
    });

    internal static void WriteMerges(string path, IEnumerable<BytePairMerge> merges) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var merge in merges) writer.WriteLine($"{merge.Left} {merge.Right}");
    });

    private static TokenVocabulary InOrder(string path, Dictionary<string, int> numbers)
    {
        var tokens = new string?[numbers.Count];
        foreach (var (token, number) in numbers)
        {
            if (number >= tokens.Length)
                throw new DataFormatException(path, $"the token '{token}' has the number {number}, but there are {tokens.Length} tokens: numbers must have no gaps");
            if (tokens[number] is { } other)
                throw new DataFormatException(path, $"the tokens '{other}' and '{token}' both have the number {number}");
            tokens[number] = token;
        }
        for (var value = 0; value < 256; value++)
        {
            var character = ByteAlphabet.Of((byte)value);
            if (!numbers.ContainsKey(character.ToString()))
                throw new DataFormatException(path, $"no token for the byte {value} ('{character}'): is it a byte-level vocabulary?");
        }
        return new(tokens!, unknown: null);
    }

    private static DataFormatException At(string path, ReadOnlySpan<byte> data, long position, string problem) =>
        DataFormatException.AtLine(path, data[..(int)position].Count((byte)'\n') + 1, problem);
}
