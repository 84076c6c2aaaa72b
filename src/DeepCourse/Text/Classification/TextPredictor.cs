using System.Buffers;
using DeepCourse.Tensors;
using DeepCourse.Text.Loading;

namespace DeepCourse.Text.Classification;

/// <summary>A trained classifier with all that it takes to ask it about a text: tokenizer, vocabulary, names of the
/// classes.</summary>
public sealed class TextPredictor : IDisposable
{
    private readonly int _padding;

    /// <summary>Brings them together.</summary>
    /// <param name="model">A <see cref="TextClassifier"/> or a <see cref="TextEnsemble"/>, on its final device; freed with
    /// the predictor.</param>
    /// <param name="encoder">The one that the classifier was trained with.</param>
    /// <param name="classes">The names, as many as the model has classes.</param>
    /// <exception cref="ArgumentException">The numbers of classes differ, or the model is something else.</exception>
    /// <exception cref="VocabularyMismatchException">The model was made for another number of tokens.</exception>
    public TextPredictor(Module<TextBatch, Tensor> model, ITextEncoder encoder, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(classes);
        foreach (var part in PartsOf(model))
        {
            if (part.Options.Classes != classes.Count)
                throw new ArgumentException($"the model has {part.Options.Classes} classes, but there are {classes.Count} names", nameof(classes));
            if (part.Options.Encoder.VocabularySize != encoder.Vocabulary.Count)
                throw new VocabularyMismatchException("the classifier", part.Options.Encoder.VocabularySize, encoder.Vocabulary.Count);
            _padding = Math.Max(0, part.Options.Encoder.PaddingIndex);
        }
        (Model, Encoder, Classes) = (model, encoder, [.. classes]);
    }

    /// <summary>The classifier.</summary>
    public Module<TextBatch, Tensor> Model { get; }

    /// <summary>Numbers the tokens of texts.</summary>
    public ITextEncoder Encoder { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Classifies a text.</summary>
    /// <param name="text">Of any length.</param>
    public TextPrediction Predict(string text) => Predict([text])[0];

    /// <summary>Classifies many texts; they are sorted by length for it, so that little time goes into padding.</summary>
    /// <param name="texts">Any number.</param>
    /// <param name="batchSize">How many go through the model at once.</param>
    /// <returns>A prediction for each text, in the texts' order.</returns>
    public IReadOnlyList<TextPrediction> Predict(IReadOnlyList<string> texts, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var encoded = texts.Select(Encode).ToArray();
        var predictions = new TextPrediction[encoded.Length];
        foreach (var rows in Enumerable.Range(0, encoded.Length).OrderByDescending(i => encoded[i].Length).Chunk(batchSize))
        {
            var found = PredictTokens([.. rows.Select(row => encoded[row])]);
            for (var i = 0; i < rows.Length; i++) predictions[rows[i]] = found[i];
        }
        return predictions;
    }

    /// <summary>Writes classifier, vocabulary, classes and the tokenizer's description to one safetensors file.</summary>
    /// <param name="path">The file to make or to replace.</param>
    public void Save(string path) => TextPredictorFile.Save(this, path);

    /// <summary>Loads a file whose tokenizer the library has itself.</summary>
    /// <param name="path">Written by <see cref="Save"/>.</param>
    /// <returns>On the CPU; the caller disposes it.</returns>
    /// <exception cref="DataFormatException">The file is no text classifier, or its tokenizer is not among the library's:
    /// give the encoder then.</exception>
    public static TextPredictor Load(string path) => TextPredictorFile.Load(path, encoder: null);

    /// <summary>Loads a file for an encoder of the caller's.</summary>
    /// <param name="path">Written by <see cref="Save"/>.</param>
    /// <param name="encoder">Must give the numbers that the classifier was trained with.</param>
    /// <returns>On the CPU; the caller disposes it.</returns>
    /// <exception cref="DataFormatException">The file is no text classifier, or the encoder cuts texts otherwise than the
    /// one it was trained with.</exception>
    /// <exception cref="VocabularyMismatchException">The encoder has another vocabulary.</exception>
    public static TextPredictor Load(string path, ITextEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return TextPredictorFile.Load(path, encoder);
    }

    /// <summary>Frees the classifier.</summary>
    public void Dispose() => Model.Dispose();

    /// <summary>The token that stands for a word taken away: the unknown word, or padding where every text has
    /// tokens.</summary>
    internal int Replacement => Encoder.Vocabulary.UnknownIndex >= 0 ? Encoder.Vocabulary.UnknownIndex : _padding;

    internal int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new ArrayBufferWriter<int>();
        Encoder.Encode(text, ids);
        return ids.WrittenSpan.ToArray();
    }

    /// <summary>Classifies texts that are numbers already, all in one batch.</summary>
    internal TextPrediction[] PredictTokens(IReadOnlyList<int[]> texts)
    {
        Model.eval();
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var probabilities = functional.softmax(Model.call(BatchOf(texts)).to_type(ScalarType.Float64), dim: 1).ReadNumbers();
        return [.. probabilities.Chunk(Classes.Count).Select(Prediction)];
    }

    internal TextBatch BatchOf(IReadOnlyList<int[]> texts) =>
        TextBatch.Of(texts, _padding).To(Model.parameters().First().device);

    internal static TextClassifier[] PartsOf(Module<TextBatch, Tensor> model) => model switch
    {
        TextClassifier classifier => [classifier],
        TextEnsemble ensemble => [ensemble.Reading, ensemble.Backwards],
        null => throw new ArgumentNullException(nameof(model)),
        _ => throw new ArgumentException(
            $"expected a {nameof(TextClassifier)} or a {nameof(TextEnsemble)}, actual {model.GetType().Name}", nameof(model)),
    };

    private TextPrediction Prediction(double[] probabilities)
    {
        var best = Array.IndexOf(probabilities, probabilities.Max());
        return new(Classes[best], best, probabilities);
    }
}
