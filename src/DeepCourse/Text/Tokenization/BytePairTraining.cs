namespace DeepCourse.Text.Tokenization;

/// <summary>How a <see cref="BytePairTrainer"/> learns.</summary>
/// <param name="VocabularySize">The number of tokens wanted: the special ones, 256 bytes, and one for each merge. A small
/// corpus may give fewer.</param>
public sealed record BytePairTraining(int VocabularySize)
{
    /// <summary>How often a pair must occur to be merged.</summary>
    /// <value>The default is 2.</value>
    public long MinCount { get; init; } = 2;

    /// <summary>What the tokenizer does besides; its special tokens get the first numbers, in their order.</summary>
    public BytePairOptions Options { get; init; } = new();

    /// <summary>How many different pieces of text are counted at a time. Where a corpus has more, the rarest are forgotten,
    /// which bounds the memory (about 200 bytes for each) and hardly changes what is learned.</summary>
    /// <value>The default is 2 million.</value>
    public int MaxPieces { get; init; } = 2_000_000;

    /// <summary>Threads that count; the result doesn't depend on it.</summary>
    /// <value>The default is the number of processors.</value>
    public int Workers { get; init; } = Environment.ProcessorCount;

    internal BytePairTraining Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(VocabularySize, 256 + Options.SpecialTokens.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPieces, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        foreach (var token in Options.SpecialTokens)
            if (token.Length == 0 || token.Length == 1 && ByteAlphabet.ByteOf(token[0]) >= 0)
                throw new ArgumentException($"The special token '{token}' would stand for a byte too; give it a longer name.");
        return this;
    }
}
