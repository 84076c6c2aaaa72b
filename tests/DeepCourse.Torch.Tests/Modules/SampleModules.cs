using TorchSharp.Utils;

namespace DeepCourse.Torch.Tests.Modules;

/// <summary>A base class with a private component, to be found from its heir.</summary>
internal abstract class Trunk : Module<Tensor, Tensor>
{
    private readonly Linear stem = Linear(4, 3);

    protected Trunk(string name) : base(name)
    {
    }

    protected Tensor Stem(Tensor input) => stem.call(input);
}

/// <summary>Every kind of component a field can hold.</summary>
internal sealed class Net : Trunk
{
    public readonly Linear head = Linear(3, 2);

    [ComponentName(Name = "scale")]
    private readonly Parameter _scale = new(ones(2));

    private readonly Tensor offset = zeros(2);
    private readonly Module<Tensor, Tensor> activation = ReLU();
    private readonly string label = "not a component";

    public Net() : base(nameof(Net)) => RegisterComponents();

    public Parameter Scale => _scale;

    public Tensor Offset => offset;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = activation.call(Stem(input));
        return (head.call(hidden) * _scale + offset).MoveToOuterDisposeScope();
    }

    public override string ToString() => label;
}

/// <summary>Two modules that share one parameter.</summary>
internal sealed class Tied : Module<Tensor, Tensor>
{
    public readonly Linear encode = Linear(3, 3, false);
    public readonly Linear decode = Linear(3, 3, false);

    public Tied() : base(nameof(Tied))
    {
        decode.weight = encode.weight;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => decode.call(encode.call(input));
}
