using DeepCourse.Layers;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>A residual network for small pictures whose normalisations and activations come before the
/// convolutions.</summary>
/// <remarks>He et al. 2016, "Identity mappings in deep residual networks" (arXiv 1603.05027), figure 4e. With wide
/// stages it is a wide residual network. Input [batch, channels, height, width], output [batch, classes].</remarks>
public sealed class PreActivationResnet : Module<Tensor, Tensor>
{
    private readonly Conv2d stem;
    private readonly Sequential body;
    private readonly BatchNorm2d norm;
    private readonly AdaptiveConcatPool? pool;
    private readonly Linear head;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="options">Its plan.</param>
    /// <exception cref="ArgumentException">Not one number of blocks for each stage.</exception>
    public PreActivationResnet(PreActivationOptions options) : base(nameof(PreActivationResnet))
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Widths.Count != options.Blocks.Count)
            throw new ArgumentException($"got {options.Widths.Count} widths but {options.Blocks.Count} numbers of blocks", nameof(options));
        stem = Conv2d(options.Channels, options.Stem, kernel_size: 3, padding: 1, bias: false);
        var blocks = new List<(string, Module<Tensor, Tensor>)>();
        var inputs = options.Stem;
        for (var stage = 0; stage < options.Widths.Count; stage++)
        {
            for (var block = 0; block < options.Blocks[stage]; block++)
            {
                var stride = stage > 0 && block == 0 ? 2 : 1;
                blocks.Add(($"block{stage + 1}_{block + 1}", new PreActivationBlock(inputs, options.Widths[stage], stride, options)));
                inputs = options.Widths[stage];
            }
        }
        body = Sequential(blocks);
        norm = BatchNorm2d(inputs);
        pool = options.ConcatPooling ? new AdaptiveConcatPool() : null;
        head = Linear((options.ConcatPooling ? 2 : 1) * inputs, options.Classes);
        RegisterComponents();
        Initializers.Kaiming(stem);
        foreach (var block in body.children().OfType<PreActivationBlock>()) block.Initialise(options.ZeroInitialised);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(norm.call(body.call(stem.call(input))), inplace: true);
        var features = pool is null ? x.ToWide().mean([2, 3]) : pool.call(x.ToWide()).flatten(1);
        return head.call(features).ToWide().MoveToOuterDisposeScope();
    }
}
