using DeepCourse.Tensors;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Models;
using DeepCourse.Text.Vectors;

namespace DeepCourse.Text.Transfer;

public sealed partial class PretrainedLanguageModel
{
    /// <summary>Makes the language model itself, for its own vocabulary.</summary>
    /// <param name="dropouts">For training it on; by default those that it was trained with.</param>
    /// <returns>On the CPU, in float32; the caller disposes it.</returns>
    public LanguageModel Create(AwdDropouts? dropouts = null) => Create(Vocabulary, out _, dropouts);

    /// <summary>Makes a language model for another vocabulary: each token that this model knows keeps its row, all others
    /// get the mean row.</summary>
    /// <param name="vocabulary">The tokens of the new texts.</param>
    /// <param name="report">How many of them this model knew.</param>
    /// <param name="dropouts">For training it on; by default those that it was trained with.</param>
    /// <param name="vectors">What the words' company in the new texts says about them: added to the rows, after turning it
    /// so that the words this model knows come to lie nearest to theirs (<see cref="WordVectors.AddTo"/>).</param>
    /// <returns>On the CPU, in float32; the caller disposes it.</returns>
    public LanguageModel Create(TokenVocabulary vocabulary, out TransferReport report, AwdDropouts? dropouts = null, WordVectors? vectors = null)
    {
        var model = new LanguageModel(OptionsFor(vocabulary, dropouts));
        try
        {
            report = CopyTo(model, vocabulary);
            vectors?.AddTo(model.Encoder, [.. vocabulary.Select((token, index) => (token, index)).Where(pair => Vocabulary.Contains(pair.token)).Select(pair => pair.index)]);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Makes a classifier whose encoder is this model's, for its own vocabulary; its head is random.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="dropouts">By default fastai's for classifiers, <see cref="AwdDropouts.Classifier"/>.</param>
    /// <param name="customize">Changes the remaining options.</param>
    /// <returns>On the CPU, in float32; the caller disposes it.</returns>
    public TextClassifier CreateClassifier(
        int classes, AwdDropouts? dropouts = null, Func<TextClassifierOptions, TextClassifierOptions>? customize = null)
    {
        var options = new TextClassifierOptions(OptionsFor(Vocabulary, dropouts ?? AwdDropouts.Classifier), classes);
        var classifier = new TextClassifier(customize is null ? options : customize(options));
        try
        {
            CopyTo(classifier.Encoder, Vocabulary);
            return classifier;
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    /// <summary>Copies the weights into a language model of the same sizes, its vocabulary aside.</summary>
    /// <param name="model">On any device; untouched if the weights don't fit.</param>
    /// <param name="vocabulary">The model's.</param>
    /// <returns>How many of its tokens this model knew.</returns>
    /// <exception cref="WeightsMismatchException">The sizes differ.</exception>
    public TransferReport CopyTo(LanguageModel model, TokenVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Copy(model, vocabulary, key => key);
    }

    /// <summary>Copies the body's weights into an encoder of the same sizes, its vocabulary aside.</summary>
    /// <param name="encoder">On any device; untouched if the weights don't fit.</param>
    /// <param name="vocabulary">The encoder's.</param>
    /// <returns>How many of its tokens this model knew.</returns>
    /// <exception cref="WeightsMismatchException">The sizes differ.</exception>
    public TransferReport CopyTo(AwdLstm encoder, TokenVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return Copy(encoder, vocabulary, key =>
            key.StartsWith(EncoderPrefix, StringComparison.Ordinal) ? key[EncoderPrefix.Length..] : null);
    }

    private AwdLstmOptions OptionsFor(TokenVocabulary vocabulary, AwdDropouts? dropouts)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var padding = vocabulary.Contains(Tokenization.SpecialToken.Padding)
            ? vocabulary.IndexOf(Tokenization.SpecialToken.Padding)
            : Options.PaddingIndex;
        return Options with
        {
            VocabularySize = vocabulary.Count,
            PaddingIndex = padding,
            Dropouts = dropouts ?? Options.Dropouts,
        };
    }

    private TransferReport Copy(Module target, TokenVocabulary vocabulary, Func<string, string?> rename)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var map = new VocabularyMap(Vocabulary, vocabulary);
        var weights = new Dictionary<string, Tensor>(Read(), StringComparer.Ordinal);
        if (vocabulary.Fingerprint != Vocabulary.Fingerprint)
            foreach (var key in LanguageModelKeys.OfTokens)
                if (weights.TryGetValue(key, out var rows)) weights[key] = map.Apply(rows.cpu());
        Weights.Load(target, weights, Name, strict: true, rename);
        return map.Report;
    }
}
