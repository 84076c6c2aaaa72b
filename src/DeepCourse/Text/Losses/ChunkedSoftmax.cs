namespace DeepCourse.Text.Losses;

/// <summary>One pass over the rows of <see cref="ChunkedCrossEntropy"/>, without a graph.</summary>
internal sealed class ChunkedSoftmax(Tensor input, Tensor weight, Tensor bias, Tensor targets, long chunk)
{
    private readonly long _rows = input.size(0);

    /// <summary>The mean loss alone.</summary>
    public Tensor Loss() => Pass((_, _, _) => { }, 0);

    /// <summary>The mean loss, and its gradients for the input and, where wanted, weight and bias.</summary>
    public (Tensor Loss, Tensor[] Gradients) LossAndGradients(bool ofWeights)
    {
        var forInput = empty_like(input);
        if (!ofWeights) return (Pass((start, part, logits) => forInput.narrow(0, start, part.size(0)).addmm_(logits, weight, beta: 0), 1.0 / _rows), [forInput]);
        var forWeight = empty_like(weight);
        var forBias = zeros_like(bias);
        var loss = Pass(
            (start, part, logits) =>
            {
                forInput.narrow(0, start, part.size(0)).addmm_(logits, weight, beta: 0);
                forWeight.addmm_(logits.t(), part, beta: start == 0 ? 0 : 1);
                forBias.add_(logits.sum(0L));
            },
            1.0 / _rows);
        return (loss, [forInput, forWeight, forBias]);
    }

    // The logits that `use` gets have become the gradient of the loss times `scale`.
    private Tensor Pass(Action<long, Tensor, Tensor> use, double scale)
    {
        var losses = empty(_rows, input.dtype, input.device);
        var buffer = empty(Math.Min(chunk, _rows), weight.size(0), input.dtype, input.device);
        for (var start = 0L; start < _rows; start += chunk)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(chunk, _rows - start);
            var part = input.narrow(0, start, count);
            var logits = buffer.narrow(0, 0, count);
            logits.copy_(bias);
            logits.addmm_(part, weight.t());
            losses.narrow(0, start, count).copy_(SoftmaxGradient.Apply(logits, targets.narrow(0, start, count), scale));
            use(start, part, logits);
        }
        return losses.mean();
    }
}
