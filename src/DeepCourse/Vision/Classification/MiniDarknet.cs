using DeepCourse.Layers;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>Darknet-53's plan at the size of small pictures: the network that the course builds step by step.</summary>
/// <remarks>
/// Redmon and Farhadi 2018 (arXiv 1804.02767), table 1, with fewer blocks: a 3 x 3 convolution, then for each group a
/// 3 x 3 convolution to twice the channels and a number of blocks of 1 x 1 and 3 x 3 around which the input is added.
/// Every group halves height and width but the second. Input [batch, channels, height, width], output [batch, classes].
/// </remarks>
public sealed class MiniDarknet : Module<Tensor, Tensor>
{
    private const double Leak = 0.1;

    private readonly Sequential body;
    private readonly Linear head;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="blocks">Blocks in each group; the course's are 1, 2, 4, 6, 3.</param>
    /// <param name="width">Channels of the first convolution; each group has twice as many as what comes in.</param>
    /// <param name="channels">Channels of the pictures.</param>
    /// <param name="normMomentum">What the statistics of the normalisations take from each batch: little in a long
    /// training.</param>
    public MiniDarknet(
        int classes, IReadOnlyList<int>? blocks = null, int width = 32, int channels = 3, double normMomentum = 0.01)
        : base(nameof(MiniDarknet))
    {
        var counts = blocks ?? [1, 2, 4, 6, 3];
        var layers = new List<(string, Module<Tensor, Tensor>)> { ("stem", Brick(channels, width)) };
        for (var group = 0; group < counts.Count; group++)
        {
            layers.Add(($"down{group + 1}", Brick(width, 2 * width, stride: group == 1 ? 1 : 2)));
            width *= 2;
            for (var block = 0; block < counts[group]; block++)
                layers.Add(($"block{group + 1}_{block + 1}", new DarknetBlock(Brick(width, width / 2, kernel: 1), Brick(width / 2, width))));
        }
        body = Sequential(layers);
        head = Linear(width, classes);
        RegisterComponents();
        foreach (var norm in modules().OfType<BatchNorm2d>()) norm.momentum = normMomentum;
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = body.call(input).ToWide().mean([2, 3]);
        return head.call(features).ToWide().MoveToOuterDisposeScope();
    }

    private static ConvNorm Brick(long inputs, long outputs, long kernel = 3, long stride = 1) =>
        new(inputs, outputs, kernel, stride, activation: LeakyReLU(Leak));
}

/// <summary>1 x 1 to half of the channels and 3 x 3 back to all, added to what came in.</summary>
internal sealed class DarknetBlock : Module<Tensor, Tensor>
{
    private readonly ConvNorm conv1;
    private readonly ConvNorm conv2;

    public DarknetBlock(ConvNorm narrow, ConvNorm wide) : base(nameof(DarknetBlock))
    {
        (conv1, conv2) = (narrow, wide);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => input + conv2.call(conv1.call(input));
}
