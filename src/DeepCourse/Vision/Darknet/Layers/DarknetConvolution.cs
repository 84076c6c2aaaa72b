using DeepCourse.Layers;

namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[convolutional]</c>: convolution, batch normalisation or bias, activation.</summary>
internal sealed class DarknetConvolution : DarknetLayer
{
    // Darknet keeps 99 % of the running statistics at each step.
    internal const double Momentum = 0.01;

    private readonly Conv2d conv;
    private readonly BatchNorm2d? norm;
    private readonly Func<Tensor, Tensor> _activation;

    private DarknetConvolution(DarknetPlace place, DarknetShape shape, Conv2d convolution, bool isNormalised)
        : base(place, shape)
    {
        conv = Initializers.Kaiming(convolution);
        norm = isNormalised ? BatchNorm2d(shape.Channels, momentum: Momentum) : null;
        _activation = DarknetActivation.Of(place.Section, "logistic");
        RegisterComponents();
    }

    public override IReadOnlyList<DarknetRecord> Records => norm is null
        ? [new("biases", conv.bias!), new("weights", conv.weight!)]
        :
        [
            new("biases", norm.bias!),
            new("scales", norm.weight!),
            new("rolling means", norm.running_mean!),
            new("rolling variances", norm.running_var!),
            new("weights", conv.weight!),
        ];

    public static DarknetConvolution Make(DarknetPlace place)
    {
        var (section, input) = (place.Section, place.Input);
        var (filters, size) = (section.Integer("filters", 1, least: 1), section.Integer("size", 1, least: 1));
        var (stride, groups) = (section.Integer("stride", 1, least: 1), section.Integer("groups", 1, least: 1));
        var padding = section.Flag("pad") ? size / 2 : section.Integer("padding", 0, least: 0);
        foreach (var key in (string[])["binary", "xnor"])
            if (section.Flag(key)) throw section.Fault($"'{key}' convolutions do not exist here", key);
        if (input.Channels % groups != 0 || filters % groups != 0)
            throw section.Fault($"{groups} groups do not divide {input.Channels} channels in and {filters} out", "groups");
        var (height, width) = (Side(input.Height), Side(input.Width));
        if (height < 1 || width < 1)
            throw section.Fault($"a window of {size} does not fit an input of {input} with a padding of {padding}", "size");
        var isNormalised = section.Flag("batch_normalize");
        var convolution = Conv2d(
            input.Channels, filters, kernel_size: size, stride: stride, padding: padding, groups: groups, bias: !isNormalised);
        return new(place, new(filters, height, width), convolution, isNormalised);

        int Side(int pixels) => pixels + (2 * padding) < size ? 0 : ((pixels + (2 * padding) - size) / stride) + 1;
    }

    public override Tensor forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        var x = conv.call(inputs[0]);
        return _activation(norm is null ? x : norm.call(x)).MoveToOuterDisposeScope();
    }
}
