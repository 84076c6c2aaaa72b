using System.Text.Json;
using System.Text.Json.Serialization;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Transfer;

/// <summary>What a safetensors file of a text model tells beside its weights, checked as it is read.</summary>
internal sealed class VocabularyNotes
{
    public const string FingerprintKey = "encoder";
    private const string KindKey = "kind";
    private const string VocabularyKey = "vocabulary";
    private const string UnknownKey = "unknown";
    private const string TokenizerKey = "tokenizer";

    private readonly IReadOnlyDictionary<string, string> _notes;
    private readonly string _path;

    /// <summary>Reads the notes of a file.</summary>
    /// <exception cref="DataFormatException">They are not there, or of another kind of model.</exception>
    public VocabularyNotes(IReadOnlyDictionary<string, string> notes, string path, string kind)
    {
        (_notes, _path) = (notes, path);
        if (!notes.TryGetValue(KindKey, out var found) || found != kind)
            throw new DataFormatException(path, $"expected a {kind} with its vocabulary, as this library saves it; the file is {(found is null ? "another one" : $"a {found}")}");
        var tokens = Read<string[]>(VocabularyKey);
        var unknown = notes.GetValueOrDefault(UnknownKey);
        try
        {
            Vocabulary = new TokenVocabulary(tokens, unknown);
        }
        catch (ArgumentException exception)
        {
            throw new DataFormatException(path, $"its vocabulary is broken: {exception.Message}", exception);
        }
        Tokenizer = Text(TokenizerKey);
    }

    public static JsonSerializerOptions Json { get; } = new() { Converters = { new JsonStringEnumConverter() } };

    public TokenVocabulary Vocabulary { get; }

    public string Tokenizer { get; }

    /// <summary>Notes for a file.</summary>
    public static Dictionary<string, string> Write(string kind, TokenVocabulary vocabulary, string tokenizer)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [KindKey] = kind,
            [VocabularyKey] = JsonSerializer.Serialize<IEnumerable<string>>(vocabulary, Json),
            [TokenizerKey] = tokenizer,
        };
        if (vocabulary.UnknownIndex >= 0) notes[UnknownKey] = vocabulary[vocabulary.UnknownIndex];
        return notes;
    }

    public string Text(string key) => _notes.TryGetValue(key, out var text)
        ? text
        : throw new DataFormatException(_path, $"lacks the note '{key}'");

    public T Read<T>(string key) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text(key), Json) ?? throw new DataFormatException(_path, $"its note '{key}' is empty");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new DataFormatException(_path, $"its note '{key}' is broken: {exception.Message}", exception);
        }
    }
}
