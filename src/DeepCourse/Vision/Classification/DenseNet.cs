using DeepCourse.Layers;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>A densely connected network for small pictures: every layer sees all layers before it.</summary>
/// <remarks>
/// Huang et al. 2017 (arXiv 1608.06993), DenseNet-BC: 1 x 1 convolutions to four times the growth before each 3 x 3
/// (bottleneck), and half of the channels between blocks (compression). Input [batch, channels, height, width], output
/// [batch, classes].
/// </remarks>
public sealed class DenseNet : Module<Tensor, Tensor>
{
    private const int BlockCount = 3;

    private readonly Sequential body;
    private readonly BatchNorm2d norm;
    private readonly Linear head;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="depth">Convolutions and the last layer: 6n + 4, such as 40 or 100.</param>
    /// <param name="growth">Channels that each layer adds.</param>
    /// <param name="channels">Channels of the pictures.</param>
    /// <exception cref="ArgumentException">Another depth.</exception>
    public DenseNet(int classes, int depth = 100, int growth = 12, int channels = 3) : base(nameof(DenseNet))
    {
        if (depth < 10 || (depth - 4) % (2 * BlockCount) != 0)
            throw new ArgumentException($"expected a depth of 6n + 4, actual {depth}", nameof(depth));
        var width = 2 * growth;
        var layers = new List<(string, Module<Tensor, Tensor>)>
        {
            ("stem", Conv2d(channels, width, kernel_size: 3, padding: 1, bias: false)),
        };
        for (var block = 1; block <= BlockCount; block++)
        {
            for (var layer = 1; layer <= (depth - 4) / (2 * BlockCount); layer++, width += growth)
                layers.Add(($"dense{block}_{layer}", new DenseLayer(width, growth)));
            if (block == BlockCount) break;
            layers.Add(($"transition{block}", Transition(width, width / 2)));
            width /= 2;
        }
        body = Sequential(layers);
        norm = BatchNorm2d(width);
        head = Linear(width, classes);
        Initializers.Kaiming(body);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(norm.call(body.call(input)), inplace: true);
        return head.call(x.ToWide().mean([2, 3])).ToWide().MoveToOuterDisposeScope();
    }

    private static Sequential Transition(int inputs, int outputs) => Sequential(
        ("norm", BatchNorm2d(inputs)),
        ("relu", ReLU(inplace: true)),
        ("conv", Conv2d(inputs, outputs, kernel_size: 1, bias: false)),
        ("pool", AvgPool2d(2)));
}

/// <summary>What came in, with a few channels more.</summary>
internal sealed class DenseLayer : Module<Tensor, Tensor>
{
    private const int Widening = 4;

    private readonly BatchNorm2d norm1;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d norm2;
    private readonly Conv2d conv2;

    public DenseLayer(int inputs, int growth) : base(nameof(DenseLayer))
    {
        norm1 = BatchNorm2d(inputs);
        conv1 = Conv2d(inputs, Widening * growth, kernel_size: 1, bias: false);
        norm2 = BatchNorm2d(Widening * growth);
        conv2 = Conv2d(Widening * growth, growth, kernel_size: 3, padding: 1, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = conv1.call(functional.relu(norm1.call(input), inplace: true));
        x = conv2.call(functional.relu(norm2.call(x), inplace: true));
        return cat([input, WideTo(x, input)], 1).MoveToOuterDisposeScope();
    }

    // In mixed precision the two may differ.
    private static Tensor WideTo(Tensor values, Tensor like) => values.dtype == like.dtype ? values : values.to(like.dtype);
}
