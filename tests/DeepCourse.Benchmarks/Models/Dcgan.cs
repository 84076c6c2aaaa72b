namespace DeepCourse.Benchmarks;

/// <summary>The two networks of DCGAN for pictures of 64 px; the same as in Peers/gpu.py.</summary>
/// <remarks>Radford et al. 2016 (arXiv 1511.06434).</remarks>
internal sealed class Dcgan : Module<Tensor, Tensor>
{
    internal const long Noise = 100;

    private readonly Sequential generator = Sequential(
        ConvTranspose2d(Noise, 512, 4, bias: false), BatchNorm2d(512), ReLU(inplace: true),
        ConvTranspose2d(512, 256, 4, 2, 1, bias: false), BatchNorm2d(256), ReLU(inplace: true),
        ConvTranspose2d(256, 128, 4, 2, 1, bias: false), BatchNorm2d(128), ReLU(inplace: true),
        ConvTranspose2d(128, 64, 4, 2, 1, bias: false), BatchNorm2d(64), ReLU(inplace: true),
        ConvTranspose2d(64, 3, 4, 2, 1, bias: false), Tanh());

    private readonly Sequential critic = Sequential(
        Conv2d(3, 64, 4, 2, 1, bias: false), LeakyReLU(0.2, inplace: true),
        Conv2d(64, 128, 4, 2, 1, bias: false), BatchNorm2d(128), LeakyReLU(0.2, inplace: true),
        Conv2d(128, 256, 4, 2, 1, bias: false), BatchNorm2d(256), LeakyReLU(0.2, inplace: true),
        Conv2d(256, 512, 4, 2, 1, bias: false), BatchNorm2d(512), LeakyReLU(0.2, inplace: true),
        Conv2d(512, 1, 4, bias: false), Flatten(0));

    internal Dcgan() : base(nameof(Dcgan)) => RegisterComponents();

    internal Module Generator => generator;

    internal Module Critic => critic;

    /// <summary>Pictures from noise.</summary>
    public override Tensor forward(Tensor noise) => generator.call(noise);

    /// <summary>How far the critic tells pictures from painted ones.</summary>
    internal Tensor CriticLoss(Tensor pictures, Tensor noise)
    {
        Tensor real = critic.call(pictures), painted = critic.call(generator.call(noise).detach());
        return functional.binary_cross_entropy_with_logits(real, ones_like(real))
            + functional.binary_cross_entropy_with_logits(painted, zeros_like(painted));
    }

    /// <summary>How far the generator fails to pass for real.</summary>
    internal Tensor GeneratorLoss(Tensor noise)
    {
        var painted = critic.call(generator.call(noise));
        return functional.binary_cross_entropy_with_logits(painted, ones_like(painted));
    }
}
