using System.Text.RegularExpressions;
using DeepCourse.Tensors;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Transfer;

/// <summary>Reads the language models that fastai published.</summary>
/// <remarks>In all versions the encoder's modules come first in a list and the decoder's second. The weights between time
/// steps stand under the name of the layer itself (versions 1 and 2) or of what it wraps (0.7), with "raw" behind them:
/// those without are a copy that had dropout applied. The embedding is there twice, and a third time as the tied
/// decoder.</remarks>
internal static partial class FastaiLanguageModel
{
    public static PretrainedLanguageModel Open(string path, string vocabularyPath, bool isBackward)
    {
        using var scope = NewDisposeScope();
        var vocabulary = FastaiVocabulary.Read(vocabularyPath);
        var options = OptionsOf(Read(path), path, vocabulary);
        if (options.VocabularySize != vocabulary.Count)
            throw new VocabularyMismatchException($"{path} with {vocabularyPath}", options.VocabularySize, vocabulary.Count);
        return new(path, options, vocabulary, tokenizer: "", isBackward, () => Read(path));
    }

    /// <summary>The weights under our names, in the caller's dispose scope.</summary>
    private static Dictionary<string, Tensor> Read(string path)
    {
        var source = Weights.Read(path);
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var strangers = new List<string>();
        // "raw" sorts behind the copy without it, and so replaces it.
        foreach (var (key, tensor) in source.OrderBy(pair => pair.Key.EndsWith("_raw", StringComparison.Ordinal)))
        {
            if (IsCopy(key)) continue;
            if (Rename(key) is { } name) weights[name] = tensor;
            else strangers.Add(key);
        }
        if (!weights.TryGetValue(LanguageModelKeys.Embedding, out var embedding) || strangers.Count > 0)
            throw new DataFormatException(
                path, strangers.Exists(key => key.Contains(".linear.", StringComparison.Ordinal))
                    ? "holds a QRNN; of fastai's language models only the LSTM is read"
                    : "expected an AWD-LSTM language model of fastai (0.encoder.weight, 0.rnns.0...., 1.decoder.bias); "
                        + $"it has {string.Join(", ", (strangers.Count > 0 ? strangers : [.. source.Keys]).Take(5))}");
        // fastai 0.7 had a decoder without bias.
        if (!weights.ContainsKey(LanguageModelKeys.Bias)) weights[LanguageModelKeys.Bias] = zeros(embedding.size(0));
        return weights;
    }

    private static AwdLstmOptions OptionsOf(Dictionary<string, Tensor> weights, string path, TokenVocabulary vocabulary)
    {
        Tensor Weight(int layer, string part) => weights.TryGetValue(LanguageModelKeys.Layer(layer, part), out var tensor)
            ? tensor
            : throw new DataFormatException(path, $"lacks {part} of layer {layer}");

        var embedding = weights[LanguageModelKeys.Embedding];
        var layers = 0;
        while (weights.ContainsKey(LanguageModelKeys.Layer(layers, "weight_ih"))) layers++;
        if (layers == 0) throw new DataFormatException(path, "has no recurrent layer");
        for (var layer = 0; layer < layers; layer++) Weight(layer, "weight_hh");
        if (Weight(layers - 1, "weight_hh").size(1) != embedding.size(1))
            throw new DataFormatException(
                path, $"its last layer gives {Weight(layers - 1, "weight_hh").size(1)} values, its embedding has {embedding.size(1)}: they can't be tied");
        return new((int)embedding.size(0))
        {
            EmbeddingSize = (int)embedding.size(1),
            HiddenSize = (int)Weight(0, "weight_hh").size(1),
            Layers = layers,
            PaddingIndex = vocabulary.Contains(Tokenization.SpecialToken.Padding) ? vocabulary.IndexOf(Tokenization.SpecialToken.Padding) : -1,
        };
    }

    private static bool IsCopy(string key) => Copies().IsMatch(key);

    private static string? Rename(string key)
    {
        if (Embeddings().IsMatch(key)) return LanguageModelKeys.Embedding;
        if (Biases().IsMatch(key)) return LanguageModelKeys.Bias;
        var layer = Layers().Match(key);
        return layer.Success ? LanguageModelKeys.Layer(int.Parse(layer.Groups[1].Value), layer.Groups[2].Value) : null;
    }

    // An encoder that was saved alone has no number in front.
    [GeneratedRegex(@"^(0\.)?(encoder_dp\.emb|encoder_with_dropout\.embed)\.weight$|^1\.decoder\.weight$")]
    private static partial Regex Copies();

    [GeneratedRegex(@"^(0\.)?encoder\.weight$")]
    private static partial Regex Embeddings();

    [GeneratedRegex(@"^1\.decoder\.bias$")]
    private static partial Regex Biases();

    [GeneratedRegex(@"^(?:0\.)?rnns\.(\d+)\.(?:module\.)?(weight_ih|weight_hh|bias_ih|bias_hh)_l0(?:_raw)?$")]
    private static partial Regex Layers();
}
