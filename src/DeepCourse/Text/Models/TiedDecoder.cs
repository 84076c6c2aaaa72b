using DeepCourse.Text.Losses;

namespace DeepCourse.Text.Models;

/// <summary>A linear layer whose weight is the table of embeddings (Press and Wolf 2017, arXiv 1608.05859); the bias is its
/// own.</summary>
internal sealed class TiedDecoder : Decoder
{
    private readonly Parameter bias;

    public TiedDecoder(long vocabularySize) : base(nameof(TiedDecoder))
    {
        bias = new Parameter(zeros(vocabularySize));
        RegisterComponents();
    }

    /// <summary>[vocabulary]</summary>
    public Parameter Bias => bias;

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden, Tensor table) => functional.linear(hidden, table, bias);

    /// <inheritdoc/>
    public override Tensor CrossEntropy(Tensor rows, Tensor table, Tensor targets) =>
        ChunkedCrossEntropy.Of(rows, table, bias, targets);
}
