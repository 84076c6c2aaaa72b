using DeepCourse.Layers;

namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[connected]</c>: a linear layer over all numbers of its input.</summary>
internal sealed class DarknetConnected : DarknetLayer
{
    private readonly Linear linear;
    private readonly BatchNorm1d? norm;
    private readonly Func<Tensor, Tensor> _activation;

    private DarknetConnected(DarknetPlace place, int outputs)
        : base(place, new(outputs, 1, 1))
    {
        var isNormalised = place.Section.Flag("batch_normalize");
        linear = Initializers.Kaiming(Linear(place.Input.Size, outputs, hasBias: !isNormalised));
        norm = isNormalised ? BatchNorm1d(outputs, momentum: DarknetConvolution.Momentum) : null;
        _activation = DarknetActivation.Of(place.Section, "logistic");
        RegisterComponents();
    }

    // Unlike a convolution's, the weights come before the normalisation's numbers.
    public override IReadOnlyList<DarknetRecord> Records => norm is null
        ? [new("biases", linear.bias!), new("weights", linear.weight!)]
        :
        [
            new("biases", norm.bias!),
            new("weights", linear.weight!),
            new("scales", norm.weight!),
            new("rolling means", norm.running_mean!),
            new("rolling variances", norm.running_var!),
        ];

    public static DarknetConnected Make(DarknetPlace place) => new(place, place.Section.Integer("output", 1, least: 1));

    public override Tensor forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        var x = linear.call(inputs[0].flatten(1));
        x = _activation(norm is null ? x : norm.call(x));
        return x.unsqueeze(-1).unsqueeze(-1).MoveToOuterDisposeScope();
    }
}
