using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Detection.Heads;

/// <summary>NanoDet-g's head: one small branch for each level, each with weights of its own, one anchor point a cell, and
/// a distribution over whole numbers of cells for the distance of each side.</summary>
/// <remarks>After Li et al. 2020 (arXiv 2006.04388): the class score itself says how good the box is, and distances are
/// the means of distributions.</remarks>
public sealed class NanoDetHead : Module<IReadOnlyList<Tensor>, DetectionOutput>
{
    /// <summary>The bins of the published network: distances of 0 to 10 strides.</summary>
    public const int PublishedBins = 11;

    private const int PublishedClasses = 80;
    private const int BoxValues = 4 * PublishedBins;

    private readonly ModuleList<NanoDetBranch> branches;
    private readonly int _classes;
    private readonly int _bins;

    /// <summary>Makes the head with random weights.</summary>
    /// <param name="levels">The maps it is put on.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="bins">Bins for the distance of each side, at 0, 1, 2 ... strides.</param>
    /// <param name="prior">The probability of every class that the head starts with.</param>
    public NanoDetHead(
        IReadOnlyList<FeatureLevel> levels, int classes, int bins = PublishedBins, double prior = 0.01)
        : base(nameof(NanoDetHead))
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        (Levels, _classes, _bins) = (levels, classes, bins);
        branches = ModuleList(
            [.. levels.Select(level => new NanoDetBranch(level.Channels, classes + (4 * bins)))]);
        RegisterComponents();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var branch in branches) DetectionHead.StartAt(branch.OutputBias.narrow(0, 0, classes), prior);
    }

    /// <summary>The maps it is put on.</summary>
    public IReadOnlyList<FeatureLevel> Levels { get; }

    /// <summary>Makes the head for <see cref="Necks.NanoDetNeck"/> with what it learned on COCO 2017.</summary>
    /// <param name="classes">Number of classes; with null the 80 of COCO. With a number, the class scores are new and
    /// start at a low probability, while the boxes are those that were learned.</param>
    /// <returns>The head in float32 on the CPU. The file comes with the library.</returns>
    public static NanoDetHead Pretrained(int? classes = null)
    {
        FeatureLevel[] levels = [new(8, 128), new(16, 128), new(32, 128)];
        var published = new NanoDetHead(levels, PublishedClasses);
        BundledWeights.Load(published, NanoDetConversion.HeadFile, NanoDetKeys.OfHead);
        if (classes is not { } count) return published;

        using (published)
        {
            var head = new NanoDetHead(levels, count);
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var learned = published.state_dict();
            foreach (var (key, weight) in head.state_dict())
            {
                if (!key.Contains(".output.", StringComparison.Ordinal)) weight.copy_(learned[key]);
                else weight.narrow(0, count, BoxValues).copy_(learned[key].narrow(0, PublishedClasses, BoxValues));
            }

            return head;
        }
    }

    /// <inheritdoc/>
    /// <param name="maps">One map for each of <see cref="Levels"/>, [batch, channels, height, width].</param>
    /// <returns>Logits [batch, cells, classes] and bins [batch, cells, 4 * bins], level by level, row by row.</returns>
    /// <exception cref="ArgumentException">Another number of maps.</exception>
    public override DetectionOutput forward(IReadOnlyList<Tensor> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count != Levels.Count)
            throw new ArgumentException($"expected {Levels.Count} maps, got {maps.Count}", nameof(maps));
        using var scope = NewDisposeScope();
        var values = _classes + (4 * _bins);
        var all = cat([.. maps.Zip(branches, (map, branch) => DetectionHead.Flatten(branch.call(map), values))], 1);
        return new(
            all.narrow(2, 0, _classes).contiguous().MoveToOuterDisposeScope(),
            all.narrow(2, _classes, 4 * _bins).contiguous().MoveToOuterDisposeScope());
    }
}
