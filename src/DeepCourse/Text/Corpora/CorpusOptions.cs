namespace DeepCourse.Text.Corpora;

/// <summary>How documents become a corpus.</summary>
public sealed record CorpusOptions
{
    /// <summary>Threads that cut and number texts; the result is the same at any number.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>What becomes of labels.</summary>
    /// <value>The default is <see cref="CorpusLabels.Keep"/>.</value>
    public CorpusLabels Labels { get; init; }

    /// <summary>The names of the labels in the order of their numbers; any other is an error.</summary>
    /// <value>The default takes those that occur, in ordinal order.</value>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>After how many tokens a build notes how far it is, to continue from there when it was
    /// interrupted.</summary>
    /// <value>The default is 16 million.</value>
    public long TokensInPart { get; init; } = 16_000_000;

    internal static CorpusOptions Default { get; } = new();

    internal CorpusOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TokensInPart, 1);
        return this;
    }
}
