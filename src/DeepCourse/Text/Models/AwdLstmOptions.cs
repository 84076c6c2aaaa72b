namespace DeepCourse.Text.Models;

/// <summary>The sizes of an <see cref="AwdLstm"/> and what it drops. The defaults are fastai's.</summary>
/// <param name="VocabularySize">The number of tokens that there are.</param>
public sealed record AwdLstmOptions(int VocabularySize)
{
    /// <summary>Numbers for each token: at the input, and after the last layer.</summary>
    public int EmbeddingSize { get; init; } = 400;

    /// <summary>Numbers that go from step to step in all layers but the last.</summary>
    public int HiddenSize { get; init; } = 1152;

    /// <summary>How many recurrent layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>What the layers are made of.</summary>
    public RecurrentCell Cell { get; init; } = RecurrentCell.Lstm;

    /// <summary>Of quasi-recurrent layers: the share of their memory that a step of training leaves as it was.</summary>
    public double Zoneout { get; init; }

    /// <summary>What training drops.</summary>
    public AwdDropouts Dropouts { get; init; } = AwdDropouts.LanguageModel;

    /// <summary>The token that fills batches: its embedding learns nothing from the input side. Negative where there is
    /// none.</summary>
    public int PaddingIndex { get; init; } = 1;

    internal AwdLstmOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(VocabularySize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EmbeddingSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HiddenSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Layers);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(PaddingIndex, VocabularySize);
        ArgumentOutOfRangeException.ThrowIfNegative(Zoneout);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Zoneout, 1);
        ArgumentNullException.ThrowIfNull(Dropouts);
        Dropouts.Checked();
        return this;
    }
}
