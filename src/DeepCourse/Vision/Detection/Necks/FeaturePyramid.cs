using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Detection.Necks;

/// <summary>The feature pyramid: what the coarse levels know of things is handed down to the finer ones, which know
/// where.</summary>
/// <remarks>Lin et al. 2017 (arXiv 1612.03144), figure 3: 1x1 convolutions, nearest upsampling and sums from coarse to
/// fine, then a 3x3 convolution on every level. Further levels come as in RetinaNet (arXiv 1708.02002, section 4), by
/// 3x3 convolutions with stride 2, with a ReLU between them, but from the coarsest map of the pyramid instead of the
/// body's.</remarks>
public sealed class FeaturePyramid : DetectionNeck
{
    private readonly ModuleList<Conv2d> laterals;
    private readonly ModuleList<Conv2d> smooths;
    private readonly ModuleList<Conv2d> extras;

    /// <summary>Makes the neck with random weights (Glorot and Bengio 2010).</summary>
    /// <param name="levels">The body's levels, from fine to coarse.</param>
    /// <param name="channels">Channels of every map that goes out.</param>
    /// <param name="extraLevels">How many levels follow the body's coarsest, each at twice the stride.</param>
    public FeaturePyramid(IReadOnlyList<FeatureLevel> levels, int channels = 128, int extraLevels = 0)
        : base(nameof(FeaturePyramid), levels, Outputs(levels, channels, extraLevels))
    {
        laterals = ModuleList([.. levels.Select(level => Conv2d(level.Channels, channels, kernel_size: 1))]);
        smooths = ModuleList([.. levels.Select(_ => Conv2d(channels, channels, kernel_size: 3, padding: 1))]);
        extras = ModuleList(
            [.. Enumerable.Range(0, extraLevels).Select(_ => Conv2d(channels, channels, kernel_size: 3, stride: 2, padding: 1))]);
        RegisterComponents();
        foreach (var convolution in laterals.Concat(smooths).Concat(extras))
        {
            init.xavier_uniform_(convolution.weight!);
            init.zeros_(convolution.bias!);
        }
    }

    /// <inheritdoc/>
    /// <param name="maps">One map for each of <see cref="DetectionNeck.Inputs"/>, [batch, channels, height, width].</param>
    /// <returns>One map for each of <see cref="DetectionNeck.Levels"/>; those of extra levels have half the sides of the
    /// one before, rounded up.</returns>
    public override IReadOnlyList<Tensor> forward(IReadOnlyList<Tensor> maps)
    {
        Require(maps);
        using var scope = NewDisposeScope();
        var sums = maps.Zip(laterals, (map, lateral) => lateral.call(map)).ToArray();
        for (var level = sums.Length - 2; level >= 0; level--)
            sums[level] = sums[level] + Fit(sums[level + 1], sums[level], InterpolationMode.Nearest);
        var pyramid = sums.Zip(smooths, (sum, smooth) => smooth.call(sum)).ToList();
        foreach (var extra in extras)
            pyramid.Add(extra.call(pyramid.Count == sums.Length ? pyramid[^1] : functional.relu(pyramid[^1])));
        foreach (var map in pyramid) map.MoveToOuterDisposeScope();
        return pyramid;
    }

    private static List<FeatureLevel> Outputs(IReadOnlyList<FeatureLevel> levels, int channels, int extraLevels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfNegative(extraLevels);
        var outputs = levels.Select(level => level with { Channels = channels }).ToList();
        for (var extra = 0; extra < extraLevels; extra++) outputs.Add(new(outputs[^1].Stride * 2, channels));
        return outputs;
    }
}
