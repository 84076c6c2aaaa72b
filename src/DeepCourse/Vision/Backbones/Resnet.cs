using DeepCourse.Tensors;

namespace DeepCourse.Vision.Backbones;

/// <summary>
/// A residual network (He et al. 2016) of 18, 34 or 50 layers whose state dictionary has exactly torchvision's keys, so
/// that a torchvision <c>.pth</c> file loads as it is.
/// </summary>
/// <remarks>
/// With a number of classes it ends in pooling and a linear layer, and is called for logits; without, it is a body
/// for a head, and is called for its coarsest map. The 50-layer kind has its stride in the 3x3 convolution, as
/// torchvision's has ("ResNet v1.5"), not in the 1x1 of the paper.
/// </remarks>
public sealed class Resnet : Backbone
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly Linear? fc;

    /// <summary>Makes the network with random weights (He et al. 2015, fan out).</summary>
    /// <param name="depth">Number of layers: 18, 34 or 50.</param>
    /// <param name="classes">Number of classes of the final layer, or null for a body without one.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another depth, or less than one class.</exception>
    public Resnet(int depth, int? classes = null)
        : base($"ResNet-{depth}")
    {
        int[] counts = depth switch
        {
            18 => [2, 2, 2, 2],
            34 or 50 => [3, 4, 6, 3],
            _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "ResNets of 18, 34 and 50 layers exist here."),
        };
        if (classes is { } count) ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(classes));
        Func<int, int, int, Module<Tensor, Tensor>> block = depth < 50
            ? (inputs, channels, stride) => new BasicBlock(inputs, channels, stride)
            : (inputs, channels, stride) => new BottleneckBlock(inputs, channels, stride);
        var expansion = depth < 50 ? 1 : BottleneckBlock.Expansion;

        conv1 = Conv2d(3, 64, kernel_size: 7, stride: 2, padding: 3, bias: false);
        bn1 = BatchNorm2d(64);
        layer1 = Stage(block, counts[0], 64, 64, 64 * expansion, stride: 1);
        layer2 = Stage(block, counts[1], 64 * expansion, 128, 128 * expansion, stride: 2);
        layer3 = Stage(block, counts[2], 128 * expansion, 256, 256 * expansion, stride: 2);
        layer4 = Stage(block, counts[3], 256 * expansion, 512, 512 * expansion, stride: 2);
        fc = classes is { } outputs ? Linear(512 * expansion, outputs) : null;
        RegisterComponents();
        foreach (var (_, part) in named_modules())
        {
            if (part is Conv2d convolution)
                init.kaiming_normal_(convolution.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        }

        Levels = [new(4, 64 * expansion), new(8, 128 * expansion), new(16, 256 * expansion), new(32, 512 * expansion)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureLevel> Levels { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[conv1, bn1, layer1, layer2], [layer3, layer4]];

    /// <summary>Makes the network with the weights of a file.</summary>
    /// <param name="depth">Number of layers: 18, 34 or 50.</param>
    /// <param name="path">
    /// A safetensors file or a PyTorch state dictionary with torchvision's keys, such as <c>resnet34-b627a593.pth</c>
    /// from download.pytorch.org. For a body, the file's final layer (<c>fc</c>) is left out.
    /// </param>
    /// <param name="classes">Number of classes the file's final layer has, or null for a body without one.</param>
    /// <exception cref="WeightsMismatchException">The file's keys or shapes are not this network's.</exception>
    public static Resnet Pretrained(int depth, string path, int? classes = null)
    {
        var network = new Resnet(depth, classes);
        Weights.Load(network, path, rename: classes is null ? WithoutFinalLayer : null);
        return network;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Features(Tensor images)
    {
        Guard.Rank(images, 4);
        Guard.Dimension(images, 1, 3);
        using var scope = NewDisposeScope();
        var x = functional.relu(bn1.call(conv1.call(images)), inplace: true);
        x = functional.max_pool2d(x, kernel_size: 3, stride: 2, padding: 1);
        Tensor[] maps = new Tensor[4];
        Sequential[] stages = [layer1, layer2, layer3, layer4];
        for (var stage = 0; stage < stages.Length; stage++) maps[stage] = x = stages[stage].call(x);
        foreach (var map in maps) map.MoveToOuterDisposeScope();
        return maps;
    }

    /// <summary>Computes logits [batch, classes], or without a final layer the coarsest map.</summary>
    /// <param name="input">Normalised RGB pictures, [batch, 3, height, width].</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Features(input)[^1];
        if (fc is not null) x = fc.call(functional.adaptive_avg_pool2d(x, 1).flatten(1));
        return x.MoveToOuterDisposeScope();
    }

    private static string? WithoutFinalLayer(string key) => key.StartsWith("fc.", StringComparison.Ordinal) ? null : key;

    private static Sequential Stage(
        Func<int, int, int, Module<Tensor, Tensor>> block, int count, int inputs, int channels, int outputs, int stride) =>
        Sequential(Enumerable.Range(0, count).Select(i => i == 0 ? block(inputs, channels, stride) : block(outputs, channels, 1)));
}
