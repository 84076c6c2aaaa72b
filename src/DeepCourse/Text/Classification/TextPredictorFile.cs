using System.Text.Json;
using DeepCourse.Tensors;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Transfer;

namespace DeepCourse.Text.Classification;

/// <summary>A text classifier in one safetensors file: everything but the weights is in its metadata.</summary>
internal static class TextPredictorFile
{
    private const string Kind = "text classifier";
    private const string ClassesKey = "classes";
    private const string ModelsKey = "models";

    public static void Save(TextPredictor predictor, string path)
    {
        var notes = VocabularyNotes.Write(Kind, predictor.Encoder.Vocabulary, TokenizerOf(predictor.Encoder)?.Description ?? "");
        notes[VocabularyNotes.FingerprintKey] = predictor.Encoder.Fingerprint;
        notes[ClassesKey] = JsonSerializer.Serialize(predictor.Classes);
        notes[ModelsKey] = JsonSerializer.Serialize(
            TextPredictor.PartsOf(predictor.Model).Select(part => part.Options), VocabularyNotes.Json);
        Weights.Save(predictor.Model, path, notes);
    }

    public static TextPredictor Load(string path, ITextEncoder? encoder)
    {
        var notes = new VocabularyNotes(Weights.ReadMetadata(path), path, Kind);
        var classes = notes.Read<string[]>(ClassesKey);
        var options = notes.Read<TextClassifierOptions[]>(ModelsKey);
        if (encoder is null) encoder = EncoderOf(notes, path);
        else Check(encoder, notes, path);
        var parts = options.Select(part => new TextClassifier(part)).ToArray();
        var predictor = new TextPredictor(
            parts switch
            {
                [var single] => single,
                [var reading, var backwards] => new TextEnsemble(reading, backwards),
                _ => throw new DataFormatException(path, $"holds {parts.Length} classifiers; one or two are read"),
            },
            encoder, classes);
        Weights.Load(predictor.Model, path);
        return predictor;
    }

    /// <summary>The tokenizer of an encoder of words.</summary>
    public static ITokenizer? TokenizerOf(ITextEncoder encoder) => (encoder as WordEncoder)?.Tokenizer;

    private static void Check(ITextEncoder encoder, VocabularyNotes notes, string path)
    {
        if (encoder.Vocabulary.Fingerprint != notes.Vocabulary.Fingerprint)
            throw new VocabularyMismatchException(path, notes.Vocabulary, encoder.Vocabulary);
        if (encoder.Fingerprint != notes.Text(VocabularyNotes.FingerprintKey))
            throw new DataFormatException(
                path, $"the classifier was trained with another tokenizer ('{notes.Tokenizer}') than the encoder has"
                + (TokenizerOf(encoder) is { } tokenizer ? $" ('{tokenizer.Description}')" : ""));
    }

    private static WordEncoder EncoderOf(VocabularyNotes notes, string path)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            foreach (var rules in (WordRules[])[WordRules.FastaiV2, WordRules.FastaiV1])
            {
                var tokenizer = new WordTokenizer(language, rules);
                if (tokenizer.Description == notes.Tokenizer) return new(tokenizer, notes.Vocabulary);
            }
        }
        throw new DataFormatException(
            path, $"the tokenizer '{notes.Tokenizer}' is not one of the library's defaults; make it, and load with new WordEncoder(tokenizer, vocabulary)");
    }
}
