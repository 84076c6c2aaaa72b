using DeepCourse.Text.Losses;

namespace DeepCourse.Text.Models;

/// <summary>Tells frequent tokens apart directly, and rare ones by cluster and place in it
/// (<see cref="AdaptiveSoftmax"/>).</summary>
internal sealed class AdaptiveDecoder : Decoder
{
    private readonly ClusterWeights clusters;
    private readonly long[] _bounds;

    public AdaptiveDecoder(AdaptiveSoftmax softmax, long vocabularySize, long features) : base(nameof(AdaptiveDecoder))
    {
        _bounds = [0, .. softmax.Cutoffs.Select(cutoff => (long)cutoff), vocabularySize];
        clusters = softmax.IsTied ? new TiedClusters(_bounds, features) : new OwnClusters(_bounds, features, softmax.Divisor);
        RegisterComponents();
    }

    // The tokens of the head, and the clusters behind them.
    private long HeadSize => _bounds[1];

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden, Tensor table)
    {
        using var scope = NewDisposeScope();
        var head = clusters.Head(table);
        var first = functional.linear(hidden, head.Weight, head.Bias).log_softmax(-1);
        List<Tensor> parts = [first.narrow(-1, 0, HeadSize)];
        for (var cluster = 1; cluster < _bounds.Length - 1; cluster++)
        {
            var (weight, bias) = clusters.Tail(table, cluster);
            var inside = functional.linear(clusters.Project(hidden, cluster), weight, bias).log_softmax(-1);
            parts.Add(inside + first.narrow(-1, HeadSize + cluster - 1, 1));
        }
        return cat(parts, -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor CrossEntropy(Tensor rows, Tensor table, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var choices = targets;
        Tensor? sum = null;
        for (var cluster = 1; cluster < _bounds.Length - 1; cluster++)
        {
            var belongs = targets.ge(_bounds[cluster]).bitwise_and(targets.lt(_bounds[cluster + 1]));
            choices = choices.masked_fill(belongs, HeadSize + cluster - 1);
            var places = belongs.nonzero().squeeze(1);
            if (places.numel() == 0) continue;
            var (weight, bias) = clusters.Tail(table, cluster);
            var inside = ChunkedCrossEntropy.Of(
                clusters.Project(rows.index_select(0, places), cluster), weight, bias,
                targets.index_select(0, places) - _bounds[cluster]);
            var share = inside * (places.numel() / (double)targets.numel());
            sum = sum is null ? share : sum + share;
        }
        var head = clusters.Head(table);
        var first = ChunkedCrossEntropy.Of(rows, head.Weight, head.Bias, choices);
        return (sum is null ? first : first + sum).MoveToOuterDisposeScope();
    }
}
