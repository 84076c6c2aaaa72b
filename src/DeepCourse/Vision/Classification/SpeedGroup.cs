using DeepCourse.Optimization;

namespace DeepCourse.Vision.Classification;

/// <summary>Convolution, pooling, normalisation, GELU, and once more without the pooling.</summary>
internal sealed class SpeedGroup : Module<Tensor, Tensor>, IFixedParameters
{
    // Statistics of thousands of values: nothing to protect from division by zero but a channel that is dead.
    private const double Epsilon = 1e-12;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d norm1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d norm2;

    public SpeedGroup(long inputs, long outputs, double momentum) : base(nameof(SpeedGroup))
    {
        conv1 = PassingOn(inputs, outputs);
        conv2 = PassingOn(outputs, outputs);
        norm1 = WithoutScale(outputs, momentum);
        norm2 = WithoutScale(outputs, momentum);
        RegisterComponents();
    }

    /// <summary>The scales: normalisations have only a shift.</summary>
    public IEnumerable<Parameter> FixedParameters => [norm1.weight!, norm2.weight!];

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = functional.max_pool2d(conv1.call(input), kernel_size: 2);
        x = functional.gelu(norm1.call(x));
        return functional.gelu(norm2.call(conv2.call(x))).MoveToOuterDisposeScope();
    }

    private static Conv2d PassingOn(long inputs, long outputs)
    {
        var convolution = Conv2d(inputs, outputs, kernel_size: 3, padding: 1, bias: false);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        init.dirac_(convolution.weight.narrow(0, 0, Math.Min(inputs, outputs)));
        return convolution;
    }

    private static BatchNorm2d WithoutScale(long channels, double momentum)
    {
        var norm = BatchNorm2d(channels, Epsilon, momentum);
        norm.weight.requires_grad = false;
        return norm;
    }
}
