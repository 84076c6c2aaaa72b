namespace DeepCourse.Text.Models;

/// <summary>Describes a decoder that spends little on rare tokens: the most frequent ones are told apart directly, the
/// others by first choosing a cluster and then a token in it.</summary>
/// <param name="Cutoffs">Where clusters begin, rising, from 1 to less than the vocabulary's size: tokens below the first
/// number are told apart directly. The vocabulary must be numbered by frequency, the commonest first.</param>
/// <remarks>Grave et al. 2017 (arXiv 1609.04309). What a batch costs depends on how many rare tokens it has; for text,
/// with a few thousand tokens in front, it is a fraction of a full softmax.</remarks>
public sealed record AdaptiveSoftmax(IReadOnlyList<int> Cutoffs)
{
    /// <summary>Whether the weights are the table of embeddings, so that only clusters have weights of their own. Otherwise
    /// each cluster has a projection and weights of its own.</summary>
    public bool IsTied { get; init; } = true;

    /// <summary>Without tied weights: by how much the numbers of a token become fewer from one cluster to the next.</summary>
    public int Divisor { get; init; } = 4;

    internal AdaptiveSoftmax Checked(int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(Cutoffs);
        ArgumentOutOfRangeException.ThrowIfZero(Cutoffs.Count, nameof(Cutoffs));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Divisor);
        Check(Cutoffs, vocabularySize);
        return this;
    }

    private static void Check(IReadOnlyList<int> cutoffs, int vocabularySize)
    {
        for (var i = 0; i < cutoffs.Count; i++)
        {
            var before = i == 0 ? 0 : cutoffs[i - 1];
            if (cutoffs[i] <= before || cutoffs[i] >= vocabularySize)
                throw new ArgumentOutOfRangeException(
                    nameof(cutoffs), string.Join(", ", cutoffs), $"clusters begin at rising numbers above 0 and below the {vocabularySize} tokens");
        }
    }
}
