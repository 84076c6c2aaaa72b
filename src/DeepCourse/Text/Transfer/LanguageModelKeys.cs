namespace DeepCourse.Text.Transfer;

/// <summary>The names of a language model's weights in files.</summary>
internal static class LanguageModelKeys
{
    public const string Embedding = "encoder.embedding.weight";
    public const string Bias = "decoder.bias";

    /// <summary>Those with a row for each token of the vocabulary.</summary>
    public static IReadOnlyList<string> OfTokens { get; } = [Embedding, Bias];

    /// <summary>A weight of a layer.</summary>
    public static string Layer(int index, string part) => $"encoder.layers.{index}.{part}";
}
