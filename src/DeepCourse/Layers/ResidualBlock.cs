namespace DeepCourse.Layers;

/// <summary>Two convolutions around which the input is carried and added.</summary>
/// <remarks>He et al. 2016 (arXiv 1512.03385), figure 2. The shortcut is the input itself, or a mean over the stride
/// and a 1 x 1 convolution where shape or channels change (He et al. 2019, arXiv 1812.01187, ResNet-D).</remarks>
public sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly ConvNorm first;
    private readonly ConvNorm second;
    private readonly Module<Tensor, Tensor> shortcut;

    /// <summary>Builds the block; the second normalisation starts at 0, so that the block starts as its
    /// shortcut.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="stride">Every how many pixels the first window stands.</param>
    public ResidualBlock(long inputs, long outputs, long stride = 1) : base(nameof(ResidualBlock))
    {
        first = new ConvNorm(inputs, outputs, 3, stride);
        second = new ConvNorm(outputs, outputs, activation: Identity());
        shortcut = Shortcut(inputs, outputs, stride);
        init.zeros_(second.Norm.weight);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        functional.relu(second.call(first.call(input)) + shortcut.call(input));

    private static Module<Tensor, Tensor> Shortcut(long inputs, long outputs, long stride)
    {
        if (stride == 1 && inputs == outputs) return Identity();
        var convolution = new ConvNorm(inputs, outputs, kernel: 1, activation: Identity());
        return stride == 1 ? convolution : Sequential(AvgPool2d(stride, stride, ceil_mode: true), convolution);
    }
}
