namespace DeepCourse.Text.Loading;

/// <summary>How texts are put into batches.</summary>
public sealed record TextLoaderOptions
{
    /// <summary>Texts in a batch; of no meaning with a <see cref="TokenBudget"/>.</summary>
    /// <value>The default is 64.</value>
    public int BatchSize { get; init; } = 64;

    /// <summary>The greatest number of places of a batch, padding counted: short texts then come in large batches, long
    /// ones in small batches, and all take about the same memory.</summary>
    /// <value>The default takes <see cref="BatchSize"/> texts whatever their length.</value>
    public int? TokenBudget { get; init; }

    /// <summary>The order of the texts.</summary>
    /// <value>The default is <see cref="TextOrder.ByLength"/>, as for validation.</value>
    public TextOrder Order { get; init; }

    /// <summary>The greatest number of tokens of a text; of longer ones the last are taken. Null takes all.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether each text is read from its end to its beginning (after it was cut to
    /// <see cref="MaxLength"/>).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Backwards { get; init; }

    /// <summary>Decides, together with the epoch, a random order.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }

    /// <summary>Which documents to read; null reads all.</summary>
    public IReadOnlyList<int>? Documents { get; init; }

    /// <summary>Whether a document without a label is an error; otherwise its target is -1.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RequireLabels { get; init; } = true;

    /// <summary>Where batches go; to a CUDA device they travel through pinned memory.</summary>
    /// <value>The default leaves them on the CPU.</value>
    public torch.Device? Device { get; init; }

    internal TextLoaderOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (TokenBudget is { } budget) ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1, nameof(TokenBudget));
        if (MaxLength is { } length) ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(MaxLength));
        return this;
    }
}
