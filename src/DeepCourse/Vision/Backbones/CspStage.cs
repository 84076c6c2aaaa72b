namespace DeepCourse.Vision.Backbones;

/// <summary>
/// A cross-stage-partial stage: an entry convolution, pairs of narrow convolutions whose outputs are joined, a fusing
/// convolution, and the entry's output beside it. Channels double.
/// </summary>
internal sealed class CspStage : Module<Tensor, Tensor>
{
    /// <summary>The slope of every leaky ReLU.</summary>
    internal const double Slope = 0.1;

    private readonly Conv2d entry;
    private readonly ModuleList<CspPair> pairs;
    private readonly Conv2d fuse;

    public CspStage(int channels, int pairCount, int stride)
        : base(nameof(CspStage))
    {
        entry = Conv2d(channels, channels, kernel_size: 3, stride: stride, padding: 1);
        pairs = ModuleList([.. Enumerable.Range(0, pairCount).Select(_ => new CspPair(channels))]);
        fuse = Conv2d(channels, channels, kernel_size: 3, stride: 1, padding: 1);
        RegisterComponents();
    }

    // [batch, channels, height, width] -> [batch, 2 channels, height / stride, width / stride]
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var whole = Activate(entry.call(input));
        var part = whole;
        foreach (var pair in pairs) part = pair.call(part);
        return cat([Activate(fuse.call(part)), whole], dim: 1).MoveToOuterDisposeScope();
    }

    internal static Tensor Activate(Tensor x) => functional.leaky_relu(x, Slope, inplace: true);
}
