namespace DeepCourse.Text.Classification;

/// <summary>Linear layers on the pooled features, each after normalisation and dropout: two, or one without hidden
/// values.</summary>
internal sealed class TextHead : Module<Tensor, Tensor>
{
    private readonly BatchNorm1d norm1;
    private readonly Dropout dropout1;
    private readonly Linear linear1;
    private readonly BatchNorm1d? norm2;
    private readonly Dropout? dropout2;
    private readonly Linear? linear2;

    public TextHead(int features, int hidden, int classes, double dropout, double hiddenDropout)
        : base(nameof(TextHead))
    {
        norm1 = BatchNorm1d(features);
        dropout1 = Dropout(dropout);
        linear1 = Linear(features, hidden == 0 ? classes : hidden);
        if (hidden > 0)
        {
            norm2 = BatchNorm1d(hidden);
            dropout2 = Dropout(hiddenDropout);
            linear2 = Linear(hidden, classes);
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = linear1.call(dropout1.call(Normalise(norm1, input)));
        if (linear2 is not null) x = linear2.call(dropout2!.call(Normalise(norm2!, functional.relu(x))));
        return x.MoveToOuterDisposeScope();
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
