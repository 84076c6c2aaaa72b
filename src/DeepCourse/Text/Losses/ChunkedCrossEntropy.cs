namespace DeepCourse.Text.Losses;

/// <summary>The mean cross entropy of a linear layer's logits, a stretch of rows at a time: the logits of all rows are
/// never there at once.</summary>
/// <remarks>
/// Loss and gradients are made in the same pass, while a stretch is in the cache: softmax less one at the target is the
/// gradient of the logits, from which those of input, weight and bias follow; backward only scales them. Instead of
/// [rows, vocabulary] numbers (several times) one stretch is held, and gradients of the sizes of what they belong to.
/// </remarks>
internal static class ChunkedCrossEntropy
{
    // 12 MB of float32: large enough for efficient products, small enough for the cache of a processor.
    private const long Budget = 3 << 20;
    // Narrow products are so quick that adding them up, once a stretch, would take as long.
    private const long NarrowBudget = 16 << 20;
    private const long DeviceBudget = 64 << 20;
    private const long FewestRows = 16;

    /// <summary>Computes the mean over all rows.</summary>
    /// <param name="input">[rows, features]</param>
    /// <param name="weight">[vocabulary, features]</param>
    /// <param name="bias">[vocabulary]</param>
    /// <param name="targets">int64 [rows], from 0 to less than the vocabulary's size.</param>
    /// <param name="chunk">Rows in a stretch; by default by memory.</param>
    /// <returns>A tensor of one element that knows its gradient.</returns>
    public static Tensor Of(Tensor input, Tensor weight, Tensor bias, Tensor targets, long? chunk = null)
    {
        var rows = chunk ?? Rows(input, weight.size(0));
        if (is_grad_enabled() && (input.requires_grad || weight.requires_grad || bias.requires_grad))
            return Differentiable.apply(input, weight, bias, targets, rows, weight.requires_grad || bias.requires_grad);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return new ChunkedSoftmax(input, weight, bias, targets, rows).Loss().MoveToOuterDisposeScope();
    }

    private static long Rows(Tensor input, long vocabulary)
    {
        var budget = input.device.type != DeviceType.CPU ? DeviceBudget : NarrowProducts.TypeOn(input.device) is null ? Budget : NarrowBudget;
        return Math.Clamp(budget / vocabulary, FewestRows, Math.Max(FewestRows, input.size(0)));
    }

    private sealed class Differentiable : autograd.SingleTensorFunction<Differentiable>
    {
        public override string Name => nameof(ChunkedCrossEntropy);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var chunks = new ChunkedSoftmax(
                (Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3], (long)vars[4]);
            var (loss, gradients) = chunks.LossAndGradients(ofWeights: (bool)vars[5]);
            ctx.save_for_backward([.. gradients]);
            return loss.MoveToOuterDisposeScope();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var scaled = ctx.get_saved_variables().ConvertAll(gradient => gradient.mul(grad_output));
            return [scaled[0], .. scaled.Count > 1 ? scaled[1..] : [null!, null!], null!, null!, null!];
        }
    }
}
