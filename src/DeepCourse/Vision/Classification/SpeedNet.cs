using DeepCourse.Optimization;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>The network of the CIFAR-10 speed records: whitening, then three groups of two convolutions.</summary>
/// <remarks>
/// Jordan 2024 (arXiv 2404.00498): no shortcuts and no learned scales; every convolution starts by passing its input on
/// (Dirac), the pooling comes right after the first convolution of a group, the output is divided by the number of
/// features. Deviation: the last pooling is global, which is the same at 32 x 32 and lets smaller pictures in.
/// Input [batch, channels, height, width] of at least 18 x 18, output [batch, classes].
/// </remarks>
public sealed class SpeedNet : Module<Tensor, Tensor>, ILayerGroups
{
    private readonly WhiteningConvolution? whitening;
    private readonly Conv2d? first;
    private readonly SpeedGroup group1;
    private readonly SpeedGroup group2;
    private readonly SpeedGroup group3;
    private readonly Linear head;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="options">Its size.</param>
    public SpeedNet(SpeedNetOptions options) : base(nameof(SpeedNet))
    {
        ArgumentNullException.ThrowIfNull(options);
        var (narrow, second, third) = options.Widths;
        if (options.Whitens) whitening = new WhiteningConvolution(options.Channels);
        else first = Conv2d(options.Channels, WhiteningConvolution.OutputsOf(options.Channels), kernel_size: 2);
        group1 = new SpeedGroup(WhiteningConvolution.OutputsOf(options.Channels), narrow, options.NormMomentum);
        group2 = new SpeedGroup(narrow, second, options.NormMomentum);
        group3 = new SpeedGroup(second, third, options.NormMomentum);
        head = Linear(third, options.Classes, hasBias: false);
        using (no_grad())
        using (NewDisposeScope()) head.weight.div_(head.weight.std());
        RegisterComponents();
    }

    /// <summary>The first layer; it must see pictures before training (<see cref="WhiteningConvolution.Learn"/>). Null
    /// where the first layer learns like any other.</summary>
    public WhiteningConvolution? Whitening => whitening;

    /// <summary>First layer, body, head.</summary>
    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[(Module?)whitening ?? first!], [group1, group2, group3], [head]];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Guard.Rank(input, 4);
        using var scope = NewDisposeScope();
        var x = functional.gelu(whitening is null ? first!.call(input) : whitening.call(input));
        x = group3.call(group2.call(group1.call(x)));
        var features = x.ToWide().amax(2, 3);
        return (head.call(features) / (double)features.shape[1]).ToWide().MoveToOuterDisposeScope();
    }
}
