using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Detection.Heads;

/// <summary>Scores and boxes for every anchor of every level, by two towers whose weights all levels share.</summary>
/// <remarks>
/// <para>Lin et al. 2017 (arXiv 1708.02002), section 4: one tower for the classes and one for the boxes, and a class bias
/// of -log((1 - p) / p), with which every class starts at the probability p.</para>
/// <para>Anchors come level by level from fine to coarse; within a level row by row; at a cell one anchor after the
/// other.</para>
/// </remarks>
public sealed class DetectionHead : Module<IReadOnlyList<Tensor>, DetectionOutput>
{
    private readonly DetectionTower scoreTower;
    private readonly DetectionTower boxTower;
    private readonly Conv2d scores;
    private readonly Conv2d boxes;
    private readonly ParameterList scales;
    private readonly DetectionHeadOptions _options;
    private readonly int _classes;

    /// <summary>Makes the head with random weights.</summary>
    /// <param name="levels">The maps it is put on, such as a neck's levels; all with the same channels.</param>
    /// <param name="classes">Number of classes, the background not counted unless the loss wants one.</param>
    /// <param name="options">How it is built; the defaults suit one anchor point a cell.</param>
    /// <exception cref="ArgumentException">There is no level, or their channels differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public DetectionHead(IReadOnlyList<FeatureLevel> levels, int classes, DetectionHeadOptions? options = null)
        : base(nameof(DetectionHead))
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _options = options ?? new();
        _classes = classes;
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Anchors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BoxValues, 1);
        var widths = levels.Select(level => level.Channels).Distinct().ToList();
        if (widths.Count != 1)
            throw new ArgumentException(
                $"levels that share a head need the same channels, got [{string.Join(", ", widths)}]", nameof(levels));
        Levels = levels;

        var channels = widths[0];
        scoreTower = new DetectionTower(channels, _options.Depth, _options.Groups);
        boxTower = new DetectionTower(channels, _options.Depth, _options.Groups);
        scores = Conv2d(channels, _options.Anchors * classes, kernel_size: 3, padding: 1);
        boxes = Conv2d(channels, _options.Anchors * _options.BoxValues, kernel_size: 3, padding: 1);
        scales = ParameterList(
            [.. levels.Where(_ => _options.ScaleLevels).Select(_ => Parameter(ones(1)))]);
        RegisterComponents();
        init.normal_(scores.weight!, 0, 0.01);
        init.normal_(boxes.weight!, 0, 0.01);
        init.zeros_(boxes.bias!);
        StartAt(scores.bias!, _options.Prior);
    }

    /// <summary>The maps it is put on.</summary>
    public IReadOnlyList<FeatureLevel> Levels { get; }

    /// <summary>Sets the bias of class logits so that every class starts at a probability.</summary>
    /// <param name="bias">The bias of the last convolution, changed in place.</param>
    /// <param name="prior">The probability, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public static void StartAt(Tensor bias, double prior)
    {
        ArgumentNullException.ThrowIfNull(bias);
        if (prior is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(prior), prior, "expected a probability between 0 and 1");
        using var frozen = no_grad();
        bias.fill_(-Math.Log((1 - prior) / prior));
    }

    /// <summary>Brings a map of answers into the order of anchors.</summary>
    /// <param name="map">[batch, anchors * values, height, width], all values of an anchor side by side.</param>
    /// <param name="values">Numbers for each anchor.</param>
    /// <returns>[batch, height * width * anchors, values].</returns>
    public static Tensor Flatten(Tensor map, long values)
    {
        ArgumentNullException.ThrowIfNull(map);
        Guard.Rank(map, 4);
        using var scope = NewDisposeScope();
        return map.permute(0, 2, 3, 1).reshape(map.shape[0], -1, values).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <param name="maps">One map for each of <see cref="Levels"/>, [batch, channels, height, width].</param>
    /// <returns>Logits [batch, anchors, classes] and box values [batch, anchors, box values].</returns>
    /// <exception cref="ArgumentException">Another number of maps.</exception>
    public override DetectionOutput forward(IReadOnlyList<Tensor> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count != Levels.Count)
            throw new ArgumentException($"expected {Levels.Count} maps, got {maps.Count}", nameof(maps));
        using var scope = NewDisposeScope();
        var (allScores, allBoxes) = (new Tensor[maps.Count], new Tensor[maps.Count]);
        for (var level = 0; level < maps.Count; level++)
        {
            allScores[level] = Flatten(scores.call(scoreTower.call(maps[level])), _classes);
            var raw = Flatten(boxes.call(boxTower.call(maps[level])), _options.BoxValues);
            allBoxes[level] = _options.ScaleLevels ? raw * scales[level] : raw;
        }

        return new(cat(allScores, 1).MoveToOuterDisposeScope(), cat(allBoxes, 1).MoveToOuterDisposeScope());
    }
}
