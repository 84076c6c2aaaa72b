namespace DeepCourse.Text.Models;

/// <summary>A quasi-recurrent layer: gates from a window of inputs for all steps at once, then a gated mean over time
/// (Bradbury et al. 2017, arXiv 1611.01576, eq. 3 and 5).</summary>
/// <remarks>
/// Gates in the order candidate, forget, output. A window of 2 sees the input of the step before as well, first in the
/// columns of the weight; it is remembered from batch to batch. In training, zoneout keeps numbers of the mean as they
/// were (section 2.1); weight drop acts on the gates' weight, as there is no other between steps.
/// </remarks>
internal sealed class QrnnLayer : RecurrentLayer
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int _window;
    private readonly double _zoneout;

    public QrnnLayer(long inputs, long hidden, int window, double zoneout = 0) : base(nameof(QrnnLayer))
    {
        (_window, _zoneout) = (window, zoneout);
        weight = new Parameter(empty(3 * hidden, window * inputs));
        bias = new Parameter(empty(3 * hidden));
        var bound = 1 / Math.Sqrt(window * inputs);
        init.uniform_(weight, -bound, bound);
        init.uniform_(bias, -bound, bound);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override (Tensor Output, Tensor[] State) Run(Tensor input, Tensor[]? state, double weightDropout)
    {
        using var scope = NewDisposeScope();
        var dropped = functional.dropout(weight, weightDropout, training && weightDropout > 0);
        var seen = _window == 1 ? input : cat([Before(input, state), input], 2);
        // In mixed precision the products are narrow; gates and means over many steps are not.
        var gates = functional.linear(seen, dropped, bias).to_type(weight.dtype).chunk(3, 2);
        var forget = Zoneout(gates[1].sigmoid());
        var cell = state is null ? zeros(input.size(1), bias.size(0) / 3, forget.dtype, input.device) : state[0];
        var means = GatedMean.apply(forget, gates[0].tanh(), cell);
        var output = gates[2].sigmoid().mul(means).MoveToOuterDisposeScope();
        var last = means[-1].MoveToOuterDisposeScope();
        return (output, _window == 1 ? [last] : [last, input[-1].MoveToOuterDisposeScope()]);
    }

    // The inputs one step earlier: the last of the batch before, then all of this one but its last.
    private static Tensor Before(Tensor input, Tensor[]? state)
    {
        var first = state is null ? zeros_like(input.narrow(0, 0, 1)) : state[1].unsqueeze(0);
        return cat([first, input.narrow(0, 0, input.size(0) - 1)], 0);
    }

    private Tensor Zoneout(Tensor forget)
    {
        if (!training || _zoneout <= 0) return forget;
        var renewed = empty_like(forget.detach()).bernoulli_(1 - _zoneout);
        return 1 - renewed * (1 - forget);
    }
}
