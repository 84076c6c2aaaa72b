using DeepCourse.Layers;

namespace DeepCourse.Vision.Classification;

/// <summary>Normalise, activate, convolve, twice or three times, added to the input.</summary>
internal sealed class PreActivationBlock : Module<Tensor, Tensor>
{
    private const int Narrowing = 4;

    private readonly BatchNorm2d norm1;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d norm2;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d? norm3;
    private readonly Conv2d? conv3;
    private readonly Conv2d? shortcut;
    private readonly double _scale;

    public PreActivationBlock(int inputs, int outputs, int stride, PreActivationOptions options) : base(nameof(PreActivationBlock))
    {
        _scale = options.ResidualScale;
        var middle = options.Bottleneck ? Math.Max(1, outputs / Narrowing) : outputs;
        norm1 = BatchNorm2d(inputs);
        conv1 = options.Bottleneck ? Convolution(inputs, middle, 1, 1) : Convolution(inputs, middle, 3, stride);
        norm2 = BatchNorm2d(middle);
        conv2 = Convolution(middle, middle, 3, options.Bottleneck ? stride : 1);
        if (options.Bottleneck) (norm3, conv3) = (BatchNorm2d(middle), Convolution(middle, outputs, 1, 1));
        if (stride != 1 || inputs != outputs) shortcut = Convolution(inputs, outputs, 1, stride);
        RegisterComponents();
    }

    public void Initialise(bool startsAsShortcut)
    {
        Initializers.Kaiming(this);
        // Not the last normalisation: behind its ReLU a scale of 0 would get no gradient.
        if (startsAsShortcut) init.zeros_((conv3 ?? conv2).weight);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var active = functional.relu(norm1.call(input), inplace: true);
        var x = conv2.call(functional.relu(norm2.call(conv1.call(active)), inplace: true));
        if (conv3 is not null) x = conv3.call(functional.relu(norm3!.call(x), inplace: true));
        if (_scale != 1) x = x * _scale;
        // Where the shape changes, the shortcut too sees what is normalised; elsewhere the input passes untouched.
        return (x + (shortcut is null ? input : shortcut.call(active))).MoveToOuterDisposeScope();
    }

    private static Conv2d Convolution(int inputs, int outputs, int kernel, int stride) =>
        Conv2d(inputs, outputs, kernel_size: kernel, stride: stride, padding: kernel / 2, bias: false);
}
