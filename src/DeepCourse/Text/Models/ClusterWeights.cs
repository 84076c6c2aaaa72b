namespace DeepCourse.Text.Models;

/// <summary>The weights of an <see cref="AdaptiveDecoder"/>: of the head (its tokens, then one row for each cluster), and of
/// the tokens in each cluster.</summary>
internal abstract class ClusterWeights(string name) : Module(name)
{
    /// <summary>Of the head: [tokens + clusters, features] and [tokens + clusters].</summary>
    /// <param name="table">The embeddings, [vocabulary, features].</param>
    public abstract (Tensor Weight, Tensor Bias) Head(Tensor table);

    /// <summary>Of a cluster's tokens: [tokens, numbers] and [tokens].</summary>
    /// <param name="table">The embeddings, [vocabulary, features].</param>
    /// <param name="cluster">From 1.</param>
    public abstract (Tensor Weight, Tensor Bias) Tail(Tensor table, int cluster);

    /// <summary>What a cluster's weights are multiplied with.</summary>
    /// <param name="hidden">[..., features]</param>
    /// <param name="cluster">From 1.</param>
    /// <returns>[..., numbers]</returns>
    public abstract Tensor Project(Tensor hidden, int cluster);

    /// <summary>A parameter that starts as small numbers.</summary>
    protected static Parameter Drawn(long rows, long columns)
    {
        var parameter = new Parameter(empty(rows, columns));
        var bound = 1 / Math.Sqrt(columns);
        init.uniform_(parameter, -bound, bound);
        return parameter;
    }
}
