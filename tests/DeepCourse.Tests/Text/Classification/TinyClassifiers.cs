using DeepCourse.Text;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Models;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Vectors;

namespace DeepCourse.Tests.Text.Classification;

/// <summary>Classifiers small enough to check by hand.</summary>
internal static class TinyClassifiers
{
    public const int Padding = 1;

    public static TextClassifierOptions Options(int vocabulary = 40, AwdDropouts? dropouts = null) =>
        new(new AwdLstmOptions(vocabulary)
        {
            EmbeddingSize = 4,
            HiddenSize = 5,
            Layers = 2,
            PaddingIndex = Padding,
            Dropouts = dropouts ?? AwdDropouts.None,
        }, Classes: 2)
        { ChunkLength = 5, MaxLength = 15, HiddenSize = 6, HiddenDropout = 0 };

    /// <summary>With random weights and with statistics of normalisation that aren't those of the start.</summary>
    public static TextClassifier Random(TextClassifierOptions? options = null, int seed = 3)
    {
        manual_seed(seed);
        var classifier = new TextClassifier(options ?? Options());
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, buffer) in classifier.named_buffers())
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal)) buffer.uniform_(-0.1, 0.1);
            if (name.EndsWith("running_var", StringComparison.Ordinal)) buffer.uniform_(0.5, 1.5);
        }
        foreach (var parameter in classifier.parameters()) parameter.uniform_(-0.7, 0.7);
        classifier.eval();
        return classifier;
    }

    /// <summary>Three directions of random numbers for a vocabulary, its first token aside.</summary>
    public static LatentSemantics Topics(int vocabulary = 40)
    {
        var random = new Random(8);
        return new(vocabulary, 3, [.. Enumerable.Range(0, 3 * vocabulary).Select(i => i < 3 ? 0 : random.NextSingle() - 0.4f)]);
    }

    /// <summary>A batch of texts of these lengths; texts of one seed begin alike.</summary>
    public static TextBatch Batch(params int[] lengths) => TextBatch.Of([.. lengths.Select((length, row) => Tokens(length, row))], Padding);

    public static int[] Tokens(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(2, 40))];
    }

    /// <summary>An encoder of words of letters, with the special tokens and these words as vocabulary.</summary>
    public static WordEncoder Encoder(params string[] words) =>
        new(new WordTokenizer(), new TokenVocabulary([.. SpecialToken.All, .. words]));

    /// <summary>A classifier whose second class is the likelier the more certainly one of its words has been read:
    /// the embedding of a word is what counts for and against, one LSTM layer hands it on, the head takes the largest.</summary>
    public static TextClassifier Planted(TokenVocabulary vocabulary, IReadOnlyDictionary<string, double> words)
    {
        var classifier = new TextClassifier(new TextClassifierOptions(
            new AwdLstmOptions(vocabulary.Count) { EmbeddingSize = 2, HiddenSize = 2, Layers = 1, Dropouts = AwdDropouts.None }, 2)
        {
            ChunkLength = 4,
            MaxLength = 400,
            HiddenSize = 2,
        });
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var parameter in classifier.parameters()) parameter.zero_();
        var weights = classifier.named_parameters().ToDictionary(pair => pair.name, pair => (Tensor)pair.parameter);
        foreach (var (word, weight) in words)
        {
            var row = weights["encoder.embedding.weight"].select(0, vocabulary.IndexOf(word));
            row.select(0, weight > 0 ? 1 : 0).fill_(Math.Abs(weight));
        }
        // Gates: input, forget, cell, output. The cell takes the embedding as it is and forgets it at once.
        var hidden = weights["encoder.layers.0.bias_ih"].view(4, 2);
        hidden.select(0, 0).fill_(6);
        hidden.select(0, 1).fill_(-6);
        hidden.select(0, 3).fill_(6);
        weights["encoder.layers.0.weight_ih"].view(4, 2, 2).select(0, 2).copy_(eye(2));
        // Features: last, largest, mean. The head looks at the largest only.
        weights["head.norm1.weight"].fill_(1);
        weights["head.norm2.weight"].fill_(1);
        weights["head.linear1.weight"].narrow(1, 2, 2).copy_(eye(2));
        weights["head.linear2.weight"].copy_(eye(2) * 4);
        classifier.eval();
        return classifier;
    }
}
