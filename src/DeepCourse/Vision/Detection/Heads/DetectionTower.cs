namespace DeepCourse.Vision.Detection.Heads;

/// <summary>3x3 convolutions, each followed by group normalisation and ReLU, that keep a map's shape.</summary>
/// <remarks>[batch, channels, height, width] to the same. The towers of RetinaNet (arXiv 1708.02002, figure 3) with the
/// normalisation that FCOS added (arXiv 1904.01355).</remarks>
public sealed class DetectionTower : Module<Tensor, Tensor>
{
    private readonly ModuleList<Conv2d> convolutions;
    private readonly ModuleList<GroupNorm> norms;

    /// <summary>Makes the tower with random weights (He et al. 2015).</summary>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="depth">How many convolutions; 0 leaves the map as it is.</param>
    /// <param name="groups">Groups of each normalisation, a divisor of the channels; 0 for none.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public DetectionTower(int channels, int depth, int groups)
        : base(nameof(DetectionTower))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        ArgumentOutOfRangeException.ThrowIfNegative(groups);
        if (groups > 0 && channels % groups != 0)
            throw new ArgumentException($"{channels} channels do not fall into {groups} equal groups", nameof(groups));
        var places = Enumerable.Range(0, depth).ToList();
        convolutions = ModuleList(
            [.. places.Select(_ => Conv2d(channels, channels, kernel_size: 3, padding: 1, bias: groups == 0))]);
        norms = ModuleList([.. places.Where(_ => groups > 0).Select(_ => GroupNorm(groups, channels))]);
        RegisterComponents();
        foreach (var convolution in convolutions) Layers.Initializers.Kaiming(convolution);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        for (var place = 0; place < convolutions.Count; place++)
        {
            x = convolutions[place].call(x);
            if (norms.Count > 0) x = norms[place].call(x);
            x = functional.relu(x);
        }

        return (ReferenceEquals(x, input) ? input.alias() : x).MoveToOuterDisposeScope();
    }
}
