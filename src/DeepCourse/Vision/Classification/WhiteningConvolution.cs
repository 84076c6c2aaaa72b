using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>A first layer that need not be learned: 2 x 2 filters under which the patches of the training pictures are
/// uncorrelated and of equal strength, each filter once with either sign.</summary>
/// <remarks>
/// The filters are the eigenvectors of the patches' covariance, divided by the root of their eigenvalue. Only the bias
/// learns. Page 2018, "How to train your ResNet"; tysam-code's hlb-CIFAR10; Jordan 2024 (arXiv 2404.00498), section
/// 3.2. Input [batch, channels, height, width], output [batch, 8 * channels, height - 1, width - 1].
/// </remarks>
public sealed class WhiteningConvolution : Module<Tensor, Tensor>
{
    private const int Kernel = 2;

    private readonly Tensor weight;
    private readonly Parameter bias;

    /// <summary>Makes the layer; its filters are zero until <see cref="Learn"/> or weights of a file set them.</summary>
    /// <param name="channels">Channels of the pictures.</param>
    public WhiteningConvolution(long channels = 3) : base(nameof(WhiteningConvolution))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        Outputs = OutputsOf(channels);
        weight = zeros(Outputs, channels, Kernel, Kernel);
        bias = Parameter(zeros(Outputs));
        RegisterComponents();
    }

    /// <summary>Channels out.</summary>
    public long Outputs { get; }

    /// <summary>Channels out for a number of channels in.</summary>
    /// <param name="channels">Channels of the pictures.</param>
    public static long OutputsOf(long channels) => 2 * channels * Kernel * Kernel;

    /// <summary>Whether the bias learns. While it doesn't, the backward pass ends before the layer's output, the largest
    /// map of the network.</summary>
    public bool Learns
    {
        get => bias.requires_grad;
        set
        {
            bias.requires_grad = value;
            if (!value) bias.grad = null;
        }
    }

    /// <summary>Takes the filters from pictures.</summary>
    /// <param name="images">Normalised as in training, float [pictures, channels, height, width]; some thousands are
    /// enough.</param>
    /// <param name="epsilon">Added to the eigenvalues, so that directions in which nothing happens are not
    /// inflated.</param>
    /// <exception cref="ShapeException">Other channels.</exception>
    public void Learn(Tensor images, double epsilon = 5e-4)
    {
        Guard.Rank(images, 4);
        var channels = weight.shape[1];
        Guard.Dimension(images, 1, channels);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        // [pictures, channels, rows, columns, 2, 2], and each patch a row of numbers.
        var patches = images.unfold(2, Kernel, 1).unfold(3, Kernel, 1).permute(0, 2, 3, 1, 4, 5)
            .reshape(-1, channels * Kernel * Kernel);
        var centred = patches - patches.mean([0]);
        var covariance = centred.t().mm(centred) / (double)(patches.shape[0] - 1);
        var (strengths, directions) = linalg.eigh(covariance.cpu().to(ScalarType.Float64));
        var filters = (directions / (strengths + epsilon).sqrt()).t().flip(0).reshape(-1, channels, Kernel, Kernel);
        weight.copy_(cat([filters, -filters], 0));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.conv2d(input, weight, bias);
}
