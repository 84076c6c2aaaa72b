namespace DeepCourse.Text;

/// <summary>Weights were trained with another vocabulary than the one they are to be used with.</summary>
public sealed class VocabularyMismatchException : Exception
{
    private const string WayOut = "Load the vocabulary that was saved with the weights, or carry the weights over to this one token by token.";

    /// <summary>Reports the sizes and the first token that differs.</summary>
    /// <param name="origin">The file of the weights, or what they are called.</param>
    /// <param name="expected">The vocabulary that the weights were trained with.</param>
    /// <param name="actual">The vocabulary at hand.</param>
    public VocabularyMismatchException(string origin, TokenVocabulary expected, TokenVocabulary actual)
        : base($"{origin}: the vocabulary doesn't match the weights. {Sizes(expected.Count, actual.Count)}{Tokens(expected, actual)} {WayOut}") =>
        (Origin, ExpectedSize, ActualSize, FirstDifference) = (origin, expected.Count, actual.Count, Differs(expected, actual));

    /// <summary>Reports the sizes, where the weights bring no list of tokens.</summary>
    /// <param name="origin">The file of the weights, or what they are called.</param>
    /// <param name="expectedSize">The number of tokens that the weights were trained with.</param>
    /// <param name="actualSize">The number of tokens of the vocabulary at hand.</param>
    public VocabularyMismatchException(string origin, int expectedSize, int actualSize)
        : base($"{origin}: the vocabulary doesn't match the weights. {Sizes(expectedSize, actualSize)} {WayOut}") =>
        (Origin, ExpectedSize, ActualSize) = (origin, expectedSize, actualSize);

    /// <summary>The file of the weights, or what they are called.</summary>
    public string Origin { get; }

    /// <summary>The number of tokens that the weights were trained with.</summary>
    public int ExpectedSize { get; }

    /// <summary>The number of tokens of the vocabulary at hand.</summary>
    public int ActualSize { get; }

    /// <summary>The number of the first token that differs; null where the tokens are not known.</summary>
    public int? FirstDifference { get; }

    private static int Differs(TokenVocabulary expected, TokenVocabulary actual)
    {
        var index = 0;
        var both = Math.Min(expected.Count, actual.Count);
        while (index < both && expected[index] == actual[index]) index++;
        return index;
    }

    private static string Sizes(int expected, int actual) => expected == actual
        ? $"Both have {actual} tokens."
        : $"The weights were trained with {expected} tokens, the vocabulary has {actual}.";

    private static string Tokens(TokenVocabulary expected, TokenVocabulary actual)
    {
        var index = Differs(expected, actual);
        if (index < expected.Count && index < actual.Count)
            return $" They first differ at number {index}: '{TokenText.Escape(expected[index])}' for the weights, '{TokenText.Escape(actual[index])}' in the vocabulary.";
        return expected.Count == actual.Count
            ? " They differ in the token for unknown words."
            : $" They agree on the first {index} tokens.";
    }
}
