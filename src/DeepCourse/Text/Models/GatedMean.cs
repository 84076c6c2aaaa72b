namespace DeepCourse.Text.Models;

/// <summary>A mean over time whose weights change: c[t] = f[t] * c[t - 1] + (1 - f[t]) * z[t], with its own
/// derivative.</summary>
/// <remarks>Arguments: f [steps, batch, hidden], z of the same shape, c before the first step [batch, hidden]. The result
/// has all steps. One operation a step in each direction; everything else is done for all steps at once.</remarks>
internal sealed class GatedMean : autograd.SingleTensorFunction<GatedMean>
{
    /// <inheritdoc/>
    public override string Name => nameof(GatedMean);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (forget, candidate, first) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var means = candidate - forget * candidate;
        var before = first;
        for (var step = 0L; step < means.size(0); step++)
        {
            var mean = means.select(0, step);
            mean.addcmul_(forget.select(0, step), before, 1);
            before = mean;
        }
        ctx.save_for_backward([forget, candidate, first, means]);
        return means.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var saved = ctx.get_saved_variables();
        var (forget, candidate, first, means) = (saved[0], saved[1], saved[2], saved[3]);
        var steps = means.size(0);
        var gradient = grad_output.clone();
        for (var step = steps - 2; step >= 0; step--)
            gradient.select(0, step).addcmul_(gradient.select(0, step + 1), forget.select(0, step + 1), 1);
        var before = cat([first.unsqueeze(0), means.narrow(0, 0, steps - 1)], 0);
        return
        [
            (gradient * (before - candidate)).MoveToOuterDisposeScope(),
            (gradient - gradient * forget).MoveToOuterDisposeScope(),
            (gradient.select(0, 0) * forget.select(0, 0)).MoveToOuterDisposeScope(),
        ];
    }
}
