using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Detection.Necks;

/// <summary>NanoDet-g's path aggregation: the levels brought to equal channels, summed from coarse to fine and back, with
/// no convolution on the way.</summary>
/// <remarks>Liu et al. 2018 (arXiv 1803.01534), figure 1, reduced as NanoDet has it: 1x1 convolutions at the entry,
/// bilinear resizing in both directions, sums. All the mixing of places is left to the head.</remarks>
public sealed class NanoDetNeck : DetectionNeck
{
    private readonly ModuleList<Conv2d> laterals;

    /// <summary>Makes the neck with random weights (Glorot and Bengio 2010).</summary>
    /// <param name="levels">The body's levels, from fine to coarse.</param>
    /// <param name="channels">Channels of every map that goes out.</param>
    public NanoDetNeck(IReadOnlyList<FeatureLevel> levels, int channels = 128)
        : base(nameof(NanoDetNeck), levels, [.. levels.Select(level => level with { Channels = channels })])
    {
        laterals = ModuleList([.. levels.Select(level => Conv2d(level.Channels, channels, kernel_size: 1))]);
        RegisterComponents();
        foreach (var lateral in laterals)
        {
            init.xavier_uniform_(lateral.weight!);
            init.zeros_(lateral.bias!);
        }
    }

    /// <summary>Makes the neck for <see cref="CspDarknetTiny"/> with the weights it learned on COCO 2017.</summary>
    /// <returns>The neck in float32 on the CPU. The file comes with the library.</returns>
    public static NanoDetNeck Pretrained()
    {
        var neck = new NanoDetNeck([new(8, 128), new(16, 256), new(32, 512)]);
        BundledWeights.Load(neck, NanoDetConversion.HeadFile, NanoDetKeys.OfNeck);
        return neck;
    }

    /// <inheritdoc/>
    /// <param name="maps">One map for each of <see cref="DetectionNeck.Inputs"/>, [batch, channels, height, width].</param>
    /// <returns>One map for each of <see cref="DetectionNeck.Levels"/>, of the same heights and widths.</returns>
    public override IReadOnlyList<Tensor> forward(IReadOnlyList<Tensor> maps)
    {
        Require(maps);
        using var scope = NewDisposeScope();
        var sums = maps.Zip(laterals, (map, lateral) => lateral.call(map)).ToArray();
        for (var level = sums.Length - 2; level >= 0; level--)
            sums[level] = sums[level] + Fit(sums[level + 1], sums[level], InterpolationMode.Bilinear);
        for (var level = 1; level < sums.Length; level++)
            sums[level] = sums[level] + Fit(sums[level - 1], sums[level], InterpolationMode.Bilinear);
        foreach (var sum in sums) sum.MoveToOuterDisposeScope();
        return sums;
    }
}
