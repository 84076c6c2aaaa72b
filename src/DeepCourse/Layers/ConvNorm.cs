namespace DeepCourse.Layers;

/// <summary>Convolution, batch normalisation, activation: the brick that most image networks are built of.</summary>
/// <remarks>Input [batch, inputs, height, width], output [batch, outputs, height', width'].</remarks>
public sealed class ConvNorm : Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d norm;
    private readonly Module<Tensor, Tensor> activation;

    /// <summary>Builds the three layers; the convolution has no bias, because the normalisation has one.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Height and width of the window, in pixels; odd.</param>
    /// <param name="stride">Every how many pixels the window stands.</param>
    /// <param name="groups">Into how many independent parts the channels fall.</param>
    /// <param name="activation">What follows; ReLU where nothing is said, <c>nn.Identity()</c> for none.</param>
    public ConvNorm(
        long inputs,
        long outputs,
        long kernel = 3,
        long stride = 1,
        long groups = 1,
        Module<Tensor, Tensor>? activation = null)
        : base(nameof(ConvNorm))
    {
        conv = Conv2d(inputs, outputs, kernel, stride, kernel / 2, 1, PaddingModes.Zeros, groups, false);
        norm = BatchNorm2d(outputs);
        this.activation = activation ?? ReLU();
        Initializers.Kaiming(conv);
        RegisterComponents();
    }

    /// <summary>The normalisation, for those who start its scale at 0.</summary>
    public BatchNorm2d Norm => norm;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => activation.call(norm.call(conv.call(input)));
}
