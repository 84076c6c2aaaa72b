namespace DeepCourse.Text.Vectors;

/// <summary>How <see cref="LatentSemantics"/> are found.</summary>
public sealed record LatentSemanticsOptions
{
    /// <summary>How many directions. With few labels few are better: the first dozen tell most.</summary>
    public int Size { get; init; } = 20;

    /// <summary>A word counts by this power of log(texts / texts that have it). Above 1 it keeps the words of every text from
    /// drowning the others.</summary>
    public double Rarity { get; init; } = 1.5;

    /// <summary>The first tokens of the vocabulary that are no words; by default the library's special tokens.</summary>
    public int FirstWord { get; init; } = Tokenization.SpecialToken.All.Count;

    /// <summary>Threads that read.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Of the random start of the factorisation.</summary>
    public int Seed { get; init; } = 42;

    internal LatentSemanticsOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Rarity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(FirstWord);
        return this;
    }
}
