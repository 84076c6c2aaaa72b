namespace DeepCourse.Text.Losses;

/// <summary>One pass over the rows of <see cref="ChunkedCrossEntropy"/>, without a graph.</summary>
/// <remarks>Losses and gradients are in the type of the weights, also where mixed precision has narrowed the input: what is
/// narrow is the products.</remarks>
internal sealed class ChunkedSoftmax(Tensor input, Tensor weight, Tensor bias, Tensor targets, long chunk)
{
    private readonly long _rows = input.size(0);
    private readonly ScalarType? _narrow = NarrowProducts.TypeOn(input.device);
    private readonly ScalarType _wide = weight.dtype;

    /// <summary>The mean loss alone.</summary>
    public Tensor Loss() => Pass((_, _, _, _) => { }, 0);

    /// <summary>The mean loss, and its gradients for the input and, where wanted, weight and bias.</summary>
    public (Tensor Loss, Tensor[] Gradients) LossAndGradients(bool ofWeights)
    {
        var forInput = empty(input.shape, _wide, input.device);
        if (!ofWeights) return (Pass((start, part, logits, columns) => Multiply(forInput.narrow(0, start, part.size(0)), logits, columns, isFirst: true), 1.0 / _rows), [forInput]);
        var forWeight = empty_like(weight);
        var forBias = zeros_like(bias);
        var loss = Pass(
            (start, part, logits, columns) =>
            {
                Multiply(forInput.narrow(0, start, part.size(0)), logits, columns, isFirst: true);
                Multiply(forWeight, logits.t(), part, isFirst: start == 0);
                forBias.add_(logits.sum(0, type: bias.dtype));
            },
            1.0 / _rows);
        return (loss, [forInput, forWeight, forBias]);
    }

    // Adds a product to a sum that begins with the first; narrow products are summed wide.
    private void Multiply(Tensor sum, Tensor left, Tensor right, bool isFirst)
    {
        if (_narrow is null) sum.addmm_(left, right, beta: isFirst ? 0 : 1);
        else if (isFirst) sum.copy_(left.mm(right));
        else sum.add_(left.mm(right));
    }

    // `use` gets the first row, the input's part, the logits' gradient of the loss times `scale`, and the weights.
    private Tensor Pass(Action<long, Tensor, Tensor, Tensor> use, double scale)
    {
        var (all, columns, shift) = _narrow is { } type ? (input.to(type), weight.to(type), bias.to(type)) : (input.to(_wide), weight, bias);
        var losses = empty(_rows, _wide, input.device);
        var buffer = empty(Math.Min(chunk, _rows), weight.size(0), columns.dtype, input.device);
        for (var start = 0L; start < _rows; start += chunk)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(chunk, _rows - start);
            var part = all.narrow(0, start, count);
            var logits = buffer.narrow(0, 0, count);
            logits.copy_(shift);
            logits.addmm_(part, columns.t());
            losses.narrow(0, start, count).copy_(SoftmaxGradient.Apply(logits, targets.narrow(0, start, count), scale));
            use(start, part, logits, columns);
        }
        return losses.mean();
    }
}
