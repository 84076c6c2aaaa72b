namespace DeepCourse.Text.Models;

/// <summary>A long short-term memory layer with weight drop.</summary>
/// <remarks>The raw weights are the parameters; each training pass computes with a freshly dropped copy of
/// <c>weight_hh</c>, through which the gradient flows back to the raw ones (Merity et al. 2018, section 2).</remarks>
internal sealed class LstmLayer : RecurrentLayer
{
    private readonly Parameter weight_ih;
    private readonly Parameter weight_hh;
    private readonly Parameter bias_ih;
    private readonly Parameter bias_hh;

    public LstmLayer(long inputs, long hidden) : base(nameof(LstmLayer))
    {
        weight_ih = new Parameter(empty(4 * hidden, inputs));
        weight_hh = new Parameter(empty(4 * hidden, hidden));
        bias_ih = new Parameter(empty(4 * hidden));
        bias_hh = new Parameter(empty(4 * hidden));
        var bound = 1 / Math.Sqrt(hidden);
        foreach (var parameter in (Parameter[])[weight_ih, weight_hh, bias_ih, bias_hh])
            init.uniform_(parameter, -bound, bound);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override (Tensor Output, Tensor[] State) Run(Tensor input, Tensor[]? state, double weightDropout)
    {
        using var scope = NewDisposeScope();
        var dropped = functional.dropout(weight_hh, weightDropout, training && weightDropout > 0);
        var (hidden, cell) = state is [var h, var c] ? (h, c) : (Zeros(input), Zeros(input));
        var (output, lastHidden, lastCell) = LstmSequence.Run(
            input, hidden, cell, new LstmWeights(weight_ih, dropped, bias_ih, bias_hh));
        (output, lastHidden, lastCell) = scope.MoveToOuter(output, lastHidden, lastCell);
        return (output, [lastHidden, lastCell]);
    }

    private Tensor Zeros(Tensor input) => zeros(input.size(1), weight_hh.size(1), input.dtype, input.device);
}
