namespace DeepCourse.Text.Vectors;

/// <summary>How <see cref="WordVectors"/> are made.</summary>
public sealed record WordVectorOptions
{
    /// <summary>Numbers of a vector.</summary>
    public int Size { get; init; } = 256;

    /// <summary>How many words to each side are a word's company.</summary>
    public int Window { get; init; } = 10;

    /// <summary>The power that the counts of a word's company are raised to, which takes some weight from rare words (Levy,
    /// Goldberg and Dagan 2015, section 3.2).</summary>
    public double Smoothing { get; init; } = 0.75;

    /// <summary>How many times more often than by chance two words must meet, at least, to count (Levy and Goldberg 2014:
    /// the number of negative samples).</summary>
    public double Surprise { get; init; } = 2;

    /// <summary>The first tokens of the vocabulary that are no words, and nobody's company; by default the library's special
    /// tokens.</summary>
    public int FirstWord { get; init; } = Tokenization.SpecialToken.All.Count;

    /// <summary>Threads that count.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Of the random start of the factorisation.</summary>
    public int Seed { get; init; } = 42;

    internal WordVectorOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Window);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Surprise);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(FirstWord);
        if (Smoothing is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(Smoothing), Smoothing, "a power above 0, at most 1");
        return this;
    }
}
