using DeepCourse.Layers;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>A small network of Inception's blocks: each looks at its input in four ways at once.</summary>
/// <remarks>After Szegedy et al. 2015 (arXiv 1409.4842, figure 2b) with the 5 x 5 window as two of 3 x 3 (arXiv
/// 1512.00567, figure 5), normalised, at the size of small pictures. Input [batch, channels, height, width], output
/// [batch, classes].</remarks>
public sealed class InceptionNet : Module<Tensor, Tensor>
{
    private readonly Sequential body;
    private readonly Linear head;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="width">Channels of the first stage's blocks, a multiple of 16; each stage has twice as many as the one before.</param>
    /// <param name="blocks">Blocks in each of the three stages.</param>
    /// <param name="channels">Channels of the pictures.</param>
    public InceptionNet(int classes, int width = 128, int blocks = 2, int channels = 3) : base(nameof(InceptionNet))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blocks);
        if (width <= 0 || width % 16 != 0) throw new ArgumentOutOfRangeException(nameof(width), width, "expected a multiple of 16");
        var layers = new List<(string, Module<Tensor, Tensor>)> { ("stem", new ConvNorm(channels, width / 2)) };
        var inputs = width / 2;
        for (var stage = 1; stage <= 3; stage++)
        {
            for (var block = 1; block <= blocks; block++, inputs = width)
                layers.Add(($"inception{stage}_{block}", new InceptionBlock(inputs, width)));
            if (stage == 3) break;
            layers.Add(($"pool{stage}", MaxPool2d(2)));
            width *= 2;
        }
        body = Sequential(layers);
        head = Linear(width, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return head.call(body.call(input).ToWide().mean([2, 3])).ToWide().MoveToOuterDisposeScope();
    }
}

/// <summary>1 x 1, 3 x 3, two of 3 x 3, and pooling, side by side.</summary>
internal sealed class InceptionBlock : Module<Tensor, Tensor>
{
    private readonly ConvNorm point;
    private readonly Sequential near;
    private readonly Sequential far;
    private readonly Sequential pooled;

    public InceptionBlock(int inputs, int outputs) : base(nameof(InceptionBlock))
    {
        var (quarter, eighth) = (outputs / 4, outputs / 8);
        point = new ConvNorm(inputs, quarter, kernel: 1);
        near = Sequential(("reduce", new ConvNorm(inputs, quarter, kernel: 1)), ("conv", new ConvNorm(quarter, outputs / 2)));
        far = Sequential(
            ("reduce", new ConvNorm(inputs, eighth, kernel: 1)), ("conv1", new ConvNorm(eighth, eighth)), ("conv2", new ConvNorm(eighth, eighth)));
        pooled = Sequential(("pool", MaxPool2d(3, stride: 1, padding: 1)), ("project", new ConvNorm(inputs, eighth, kernel: 1)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return cat([point.call(input), near.call(input), far.call(input), pooled.call(input)], 1).MoveToOuterDisposeScope();
    }
}
