namespace DeepCourse.Text.Models;

/// <summary>Dropout for sequences.</summary>
internal static class VariationalDropout
{
    /// <summary>Drops the same numbers at all steps of a sequence (Gal and Ghahramani 2016, arXiv 1512.05287).</summary>
    /// <param name="input">[steps, batch, features]</param>
    /// <param name="share">How much is dropped; the rest grows so that the mean stays.</param>
    /// <returns>The same shape; the very input where nothing is dropped.</returns>
    public static Tensor Apply(Tensor input, double share)
    {
        if (share <= 0) return input;
        using var scope = NewDisposeScope();
        return input.mul(Mask(input, share, 1, input.size(1), input.size(2))).MoveToOuterDisposeScope();
    }

    /// <summary>Drops words: all numbers of a word, wherever it stands in the batch (the same as dropping rows of the table
    /// of embeddings, without a copy of the table).</summary>
    /// <param name="embedded">[steps, batch, features]</param>
    /// <param name="tokens">int64 [steps, batch]</param>
    /// <param name="vocabularySize">The number of words.</param>
    /// <param name="share">How much is dropped; the rest grows so that the mean stays.</param>
    public static Tensor ApplyToWords(Tensor embedded, Tensor tokens, long vocabularySize, double share)
    {
        if (share <= 0) return embedded;
        using var scope = NewDisposeScope();
        var words = Mask(embedded, share, vocabularySize);
        var places = words.index_select(0, tokens.reshape(-1)).view(tokens.size(0), tokens.size(1), 1);
        return embedded.mul(places).MoveToOuterDisposeScope();
    }

    private static Tensor Mask(Tensor like, double share, params long[] shape)
    {
        using var frozen = no_grad();
        return empty(shape, like.dtype, like.device).bernoulli_(1 - share).div_(1 - share);
    }
}
