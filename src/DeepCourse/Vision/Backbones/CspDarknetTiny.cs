using DeepCourse.Tensors;

namespace DeepCourse.Vision.Backbones;

/// <summary>
/// The small cross-stage-partial Darknet that NanoDet-g stands on: 25 convolutions with bias and leaky ReLU, no
/// normalisation, 3.2 million parameters, 128, 256 and 512 channels at strides 8, 16 and 32.
/// </summary>
/// <remarks>
/// The layout is that of YOLOv4-tiny (Wang et al. 2021, "Scaled-YOLOv4", section 4.2), with as many inner pairs of
/// convolutions per stage as NanoDet-g has. Batch normalisation is already folded into the published weights.
/// </remarks>
public sealed class CspDarknetTiny : Backbone
{
    /// <summary>Inner pairs of convolutions in each of the four stages.</summary>
    internal static readonly int[] PairsPerStage = [1, 2, 2, 3];

    private readonly Conv2d stem;
    private readonly CspStage stage1;
    private readonly CspStage stage2;
    private readonly CspStage stage3;
    private readonly CspStage stage4;

    /// <summary>Makes the network with random weights (He et al. 2015, for leaky ReLU).</summary>
    public CspDarknetTiny()
        : base("CSP-Darknet-tiny")
    {
        stem = Conv2d(3, 32, kernel_size: 3, stride: 2, padding: 1);
        stage1 = new CspStage(32, PairsPerStage[0], stride: 1);
        stage2 = new CspStage(64, PairsPerStage[1], stride: 2);
        stage3 = new CspStage(128, PairsPerStage[2], stride: 2);
        stage4 = new CspStage(256, PairsPerStage[3], stride: 2);
        RegisterComponents();
        foreach (var (_, part) in named_modules())
        {
            if (part is not Conv2d convolution) continue;
            init.kaiming_normal_(convolution.weight!, CspStage.Slope);
            init.zeros_(convolution.bias!);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureLevel> Levels { get; } = [new(8, 128), new(16, 256), new(32, 512)];

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[stem, stage1, stage2], [stage3, stage4]];

    /// <summary>Makes the network with the weights it learned detecting the 80 classes of COCO 2017.</summary>
    /// <returns>The network in float32 on the CPU, in training mode. The file comes with the library.</returns>
    public static CspDarknetTiny Pretrained()
    {
        var network = new CspDarknetTiny();
        BundledWeights.Load(network, NanoDetConversion.BackboneFile);
        return network;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Features(Tensor images)
    {
        Guard.Rank(images, 4);
        Guard.Dimension(images, 1, 3);
        using var scope = NewDisposeScope();
        var x = functional.leaky_relu(stem.call(images), CspStage.Slope, inplace: true);
        x = stage1.call(functional.max_pool2d(x, kernel_size: 3, stride: 2, padding: 1));
        var fine = stage2.call(x);
        var middle = stage3.call(fine);
        var coarse = stage4.call(middle);
        return [fine.MoveToOuterDisposeScope(), middle.MoveToOuterDisposeScope(), coarse.MoveToOuterDisposeScope()];
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Features(input)[^1].MoveToOuterDisposeScope();
    }
}
