using DeepCourse.Text.Baselines;

namespace DeepCourse.Text.Classification;

/// <summary>Linear layers on the pooled features: two, each after normalisation and dropout; or, without hidden values, a
/// single one after dropout, whose best weights can be found at once.</summary>
internal sealed class TextHead : Module<Tensor, Tensor>
{
    private readonly BatchNorm1d? norm1;
    private readonly Dropout dropout1;
    private readonly Linear linear1;
    private readonly BatchNorm1d? norm2;
    private readonly Dropout? dropout2;
    private readonly Linear? linear2;

    public TextHead(int features, int hidden, int classes, double dropout, double hiddenDropout)
        : base(nameof(TextHead))
    {
        dropout1 = Dropout(dropout);
        linear1 = Linear(features, hidden == 0 ? classes : hidden);
        if (hidden > 0)
        {
            norm1 = BatchNorm1d(features);
            norm2 = BatchNorm1d(hidden);
            dropout2 = Dropout(hiddenDropout);
            linear2 = Linear(hidden, classes);
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (linear2 is null) return linear1.call(dropout1.call(input)).MoveToOuterDisposeScope();
        var x = functional.relu(linear1.call(dropout1.call(Normalise(norm1!, input))));
        return linear2.call(dropout2!.call(Normalise(norm2!, x))).MoveToOuterDisposeScope();
    }

    /// <summary>Makes the single layer a logistic regression.</summary>
    /// <param name="features">[texts, features].</param>
    /// <param name="targets">int64 [texts].</param>
    /// <param name="c">How much errors count against the size of the weights.</param>
    /// <param name="blocks">How many features belong together, block after block: each gets one scale, so that directions in
    /// which texts hardly differ stay unimportant.</param>
    /// <param name="lengths">The mean length of each block's features that the fit sees. The longer, the cheaper its
    /// weights.</param>
    public void Fit(Tensor features, Tensor targets, double c, IReadOnlyList<int> blocks, IReadOnlyList<double> lengths)
    {
        if (linear2 is not null) throw new InvalidOperationException("a head with hidden values can't be fitted at once: make the classifier with HiddenSize = 0, or train it");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var x = features.detach().cpu().to(ScalarType.Float64);
        var mean = x.mean([0], keepdim: true);
        var centred = x - mean;
        var scale = cat([.. centred.split([.. blocks.Select(size => (long)size)], 1).Select((block, i) =>
            (block.square().sum(1).mean().sqrt().clamp(min: 1e-12).reciprocal() * lengths[i]).expand(block.size(1)))], 0);
        var (rows, columns) = ((int)x.size(0), (int)x.size(1));
        var sparse = new SparseRows(
            columns, [.. Enumerable.Range(0, rows + 1).Select(row => row * columns)],
            [.. Enumerable.Range(0, rows * columns).Select(place => place % columns)],
            (centred * scale).to(ScalarType.Float32).contiguous().data<float>().ToArray());
        int[] labels = [.. targets.cpu().data<long>().ToArray().Select(label => (int)label)];
        var classes = (int)linear1.weight!.size(0);
        var found = LogisticRegression.Fit(sparse, labels, classes, new() { C = c });

        // Of two classes one set of weights was found, for their difference.
        var share = classes == 2 ? 0.5 : 1;
        var weights = new double[classes * columns];
        for (var i = 0; i < weights.Length; i++) weights[i] = share * found.Weight(i / columns, i % columns);
        var weight = torch.tensor(weights, [classes, columns]) * scale;
        var intercepts = torch.tensor([.. Enumerable.Range(0, classes).Select(label => share * found.Intercept(label))]);
        linear1.weight!.copy_(weight);
        linear1.bias!.copy_(intercepts - weight.mm(mean.t()).squeeze(1));
    }

    // A single text, which a batch by token budget may be, has no variance: it is normalised by what was learnt so far.
    private static Tensor Normalise(BatchNorm1d norm, Tensor x)
    {
        if (!norm.training || x.size(0) > 1) return norm.call(x);
        norm.eval();
        try
        {
            return norm.call(x);
        }
        finally
        {
            norm.train();
        }
    }
}
