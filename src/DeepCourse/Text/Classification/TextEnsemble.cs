using DeepCourse.Text.Loading;

namespace DeepCourse.Text.Classification;

/// <summary>Two classifiers that read texts in opposite directions; their probabilities are averaged.</summary>
/// <remarks>Howard and Ruder 2018, section 3.3, "Bidirectional language model": the two are trained apart, and together
/// gain about half a point on IMDb. Freed with its two classifiers.</remarks>
public sealed class TextEnsemble : Module<TextBatch, Tensor>
{
    private readonly TextClassifier reading;
    private readonly TextClassifier backwards;

    /// <summary>Joins two classifiers of the same classes.</summary>
    /// <param name="reading">Reads from the first token to the last.</param>
    /// <param name="backwards">Was trained on texts from the last token to the first; this class turns them round.</param>
    /// <exception cref="ArgumentException">They have different numbers of classes.</exception>
    public TextEnsemble(TextClassifier reading, TextClassifier backwards) : base(nameof(TextEnsemble))
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(backwards);
        if (reading.Options.Classes != backwards.Options.Classes)
            throw new ArgumentException(
                $"one classifier has {reading.Options.Classes} classes, the other {backwards.Options.Classes}", nameof(backwards));
        (this.reading, this.backwards) = (reading, backwards);
        RegisterComponents();
    }

    /// <summary>Reads from the first token to the last.</summary>
    public TextClassifier Reading => reading;

    /// <summary>Reads from the last token to the first.</summary>
    public TextClassifier Backwards => backwards;

    /// <summary>Classifies a batch of texts.</summary>
    /// <param name="input">Tokens in reading order.</param>
    /// <returns>Logarithms of the mean probabilities, [batch, classes]: logits as any others.</returns>
    public override Tensor forward(TextBatch input)
    {
        using var scope = NewDisposeScope();
        var one = functional.log_softmax(reading.call(input), dim: 1);
        var other = functional.log_softmax(backwards.call(input.Reversed()), dim: 1);
        return (stack([one, other]).logsumexp(0) - Math.Log(2)).MoveToOuterDisposeScope();
    }
}
