namespace DeepCourse.Text.Models;

/// <summary>How much of an <see cref="AwdLstm"/> training drops: five shares from 0 to less than 1.</summary>
/// <param name="Input">Of the embedded tokens' numbers: one mask for all steps of a sequence.</param>
/// <param name="Output">Of the last layer's numbers: one mask for all steps of a sequence.</param>
/// <param name="Weight">Of the weights from one step to the next (DropConnect): one mask for each forward pass.</param>
/// <param name="Embedding">Of the words of the vocabulary: wherever such a word stands, it is left out.</param>
/// <param name="Hidden">Of the numbers between two layers: one mask for all steps of a sequence.</param>
/// <remarks>Merity et al. 2018 (arXiv 1708.02182), section 4; the numbers are fastai's (v1).</remarks>
public sealed record AwdDropouts(double Input, double Output, double Weight, double Embedding, double Hidden)
{
    /// <summary>For language models.</summary>
    public static AwdDropouts LanguageModel { get; } = new(Input: 0.25, Output: 0.1, Weight: 0.2, Embedding: 0.02, Hidden: 0.15);

    /// <summary>For classifiers on top of a language model.</summary>
    public static AwdDropouts Classifier { get; } = new(Input: 0.4, Output: 0.4, Weight: 0.5, Embedding: 0.05, Hidden: 0.3);

    /// <summary>Drops nothing.</summary>
    public static AwdDropouts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All five multiplied alike: less where there is much text, more where there is little.</summary>
    /// <param name="factor">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share would not be below 1.</exception>
    public AwdDropouts Scaled(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        return new AwdDropouts(Input * factor, Output * factor, Weight * factor, Embedding * factor, Hidden * factor).Checked();
    }

    internal AwdDropouts Checked()
    {
        foreach (var (name, share) in (ReadOnlySpan<(string, double)>)[
            (nameof(Input), Input), (nameof(Output), Output), (nameof(Weight), Weight), (nameof(Embedding), Embedding),
            (nameof(Hidden), Hidden)])
        {
            if (!(share >= 0 && share < 1))
                throw new ArgumentOutOfRangeException(name, share, "a dropped share lies from 0 to less than 1");
        }
        return this;
    }
}
