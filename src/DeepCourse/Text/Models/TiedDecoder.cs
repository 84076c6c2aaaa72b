namespace DeepCourse.Text.Models;

/// <summary>The part of a language model's last layer that is its own: the bias. The weight is the table of
/// embeddings (Press and Wolf 2017, arXiv 1608.05859).</summary>
internal sealed class TiedDecoder : Module
{
    private readonly Parameter bias;

    public TiedDecoder(long vocabularySize) : base(nameof(TiedDecoder))
    {
        bias = new Parameter(zeros(vocabularySize));
        RegisterComponents();
    }

    /// <summary>[vocabulary]</summary>
    public Parameter Bias => bias;
}
