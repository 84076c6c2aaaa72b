namespace DeepCourse.Text.Loading;

/// <summary>How a language model walks through a corpus.</summary>
public sealed record LanguageModelLoaderOptions
{
    /// <summary>The number of streams that are read side by side.</summary>
    /// <value>The default is 64.</value>
    public int BatchSize { get; init; } = 64;

    /// <summary>Tokens of a stream in a batch (the length of backpropagation through time).</summary>
    /// <value>The default is 70.</value>
    public int Steps { get; init; } = 70;

    /// <summary>Whether batches have different numbers of steps, so that a text isn't cut at the same places in every
    /// epoch.</summary>
    /// <value>The default is <see langword="false"/>: all batches but the last have <see cref="Steps"/>.</value>
    public bool Jitter { get; init; }

    /// <summary>Whether each document is read from its end to its beginning.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Backwards { get; init; }

    /// <summary>Whether the documents come in another order in each epoch.</summary>
    /// <value>The default is <see langword="false"/>: in the corpus's order, as for validation.</value>
    public bool Shuffle { get; init; }

    /// <summary>Decides, together with the epoch, the order of documents and the jitter.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }

    /// <summary>Which documents to read, and in which order if they are not shuffled; null reads all.</summary>
    public IReadOnlyList<int>? Documents { get; init; }

    /// <summary>Whether to leave out a last batch with fewer steps, so that all have one shape.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DropLast { get; init; }

    /// <summary>Where batches go; to a CUDA device they travel through pinned memory.</summary>
    /// <value>The default leaves them on the CPU.</value>
    public torch.Device? Device { get; init; }

    internal LanguageModelLoaderOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        return this;
    }
}
