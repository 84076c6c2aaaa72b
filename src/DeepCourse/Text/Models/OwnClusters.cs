namespace DeepCourse.Text.Models;

/// <summary>All weights are the decoder's own, and rarer tokens have fewer numbers.</summary>
internal sealed class OwnClusters : ClusterWeights
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly ParameterList projections;
    private readonly ParameterList weights;
    private readonly ParameterList biases;

    /// <summary>Makes the weights.</summary>
    /// <param name="bounds">Where the head and each cluster begin, and last the vocabulary's size.</param>
    /// <param name="features">Numbers of an embedding.</param>
    /// <param name="divisor">By how much a token's numbers become fewer from cluster to cluster.</param>
    public OwnClusters(long[] bounds, long features, int divisor) : base(nameof(OwnClusters))
    {
        var count = bounds.Length - 2;
        weight = Drawn(bounds[1] + count, features);
        bias = new Parameter(zeros(bounds[1] + count));
        long[] numbers = [.. Enumerable.Range(1, count).Select(cluster => Numbers(features, divisor, cluster))];
        projections = ParameterList([.. numbers.Select(size => Drawn(size, features))]);
        weights = ParameterList([.. numbers.Select((size, i) => Drawn(bounds[i + 2] - bounds[i + 1], size))]);
        biases = ParameterList([.. numbers.Select((_, i) => new Parameter(zeros(bounds[i + 2] - bounds[i + 1])))]);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override (Tensor Weight, Tensor Bias) Head(Tensor table) => (weight, bias);

    /// <inheritdoc/>
    public override (Tensor Weight, Tensor Bias) Tail(Tensor table, int cluster) => (weights[cluster - 1], biases[cluster - 1]);

    /// <inheritdoc/>
    public override Tensor Project(Tensor hidden, int cluster) => functional.linear(hidden, projections[cluster - 1]);

    private static long Numbers(long features, int divisor, int cluster)
    {
        for (var i = 0; i < cluster; i++) features /= divisor;
        return Math.Max(1, features);
    }
}
