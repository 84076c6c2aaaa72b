namespace DeepCourse.Text.Models;

/// <summary>Tokens have their embeddings as weights; only clusters have rows of their own.</summary>
internal sealed class TiedClusters : ClusterWeights
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Parameter token_bias;
    private readonly long[] _bounds;

    /// <summary>Makes the weights.</summary>
    /// <param name="bounds">Where the head and each cluster begin, and last the vocabulary's size.</param>
    /// <param name="features">Numbers of an embedding.</param>
    public TiedClusters(long[] bounds, long features) : base(nameof(TiedClusters))
    {
        _bounds = bounds;
        weight = Drawn(bounds.Length - 2, features);
        bias = new Parameter(zeros(bounds.Length - 2));
        token_bias = new Parameter(zeros(bounds[^1]));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override (Tensor Weight, Tensor Bias) Head(Tensor table) => (
        cat([table.narrow(0, 0, _bounds[1]), weight], 0), cat([token_bias.narrow(0, 0, _bounds[1]), bias], 0));

    /// <inheritdoc/>
    public override (Tensor Weight, Tensor Bias) Tail(Tensor table, int cluster)
    {
        var (start, count) = (_bounds[cluster], _bounds[cluster + 1] - _bounds[cluster]);
        return (table.narrow(0, start, count), token_bias.narrow(0, start, count));
    }

    /// <inheritdoc/>
    public override Tensor Project(Tensor hidden, int cluster) => hidden;
}
