using DeepCourse.Layers;
using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Detection.Heads;

/// <summary>YOLOv3's head on any body: at each level five convolutions, then one that answers; a branch of the five goes
/// up to the next finer level.</summary>
/// <remarks>
/// <para>Redmon and Farhadi 2018 (arXiv 1804.02767), section 2.3, and darknet's <c>yolov3.cfg</c>: 1x1 convolutions of
/// 512, 256 and 128 channels take turns with 3x3 ones of twice as many; all with batch normalisation and leaky ReLU but
/// the last. For small sets of pictures a fraction of these widths does.</para>
/// <para>The answers' order is darknet's, from the coarsest level to the finest (strides 32, 16, 8), as
/// <see cref="AnchorGrid.Yolo"/> has it; in a level row by row, at a cell anchor by anchor. Boxes are in
/// <see cref="YoloCoding"/>; scores are the logits of there being an object, then of the classes, as
/// <see cref="YoloLoss"/> wants them.</para>
/// </remarks>
public sealed class YoloHead : Module<IReadOnlyList<Tensor>, DetectionOutput>
{
    private const int BoxValues = 5;
    private const int FinestWidth = 128;

    private readonly ModuleList<Sequential> trunks;
    private readonly ModuleList<ConvNorm> branches;
    private readonly ModuleList<ConvNorm> wides;
    private readonly ModuleList<Conv2d> outputs;
    private readonly int _classes;

    /// <summary>Makes the head with random weights (He et al. 2015).</summary>
    /// <param name="levels">The body's maps, from fine to coarse.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="anchors">Anchors at every cell of a level.</param>
    /// <param name="width">Share of YOLOv3's channels.</param>
    /// <param name="prior">The objectness that every anchor starts with; darknet itself starts at 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public YoloHead(
        IReadOnlyList<FeatureLevel> levels, int classes, int anchors = 3, double width = 1, double prior = 0.01)
        : base(nameof(YoloHead))
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfZero(levels.Count, nameof(levels));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(anchors, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        (Levels, _classes) = (levels, classes);
        // Lists from coarse to fine: the order of computing and of the answers.
        var widths = Enumerable.Range(0, levels.Count)
            .Select(level => Math.Max(8, (int)Math.Round((FinestWidth << (levels.Count - 1 - level)) * width))).ToArray();
        var inputs = levels.Reverse().Select((level, place) => level.Channels + (place == 0 ? 0 : widths[place])).ToArray();
        trunks = ModuleList([.. widths.Select((channels, place) => Trunk(inputs[place], channels))]);
        branches = ModuleList([.. widths.Skip(1).Select((channels, place) => Block(widths[place], channels, kernel: 1))]);
        wides = ModuleList([.. widths.Select(channels => Block(channels, 2 * channels, kernel: 3))]);
        outputs = ModuleList(
            [.. widths.Select(channels => Conv2d(2 * channels, anchors * (BoxValues + classes), kernel_size: 1))]);
        RegisterComponents();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var output in outputs)
        {
            init.normal_(output.weight!, 0, 0.01);
            init.zeros_(output.bias!);
            DetectionHead.StartAt(output.bias!.view(anchors, -1).select(1, BoxValues - 1), prior);
        }
    }

    /// <summary>The maps it is put on, from fine to coarse.</summary>
    public IReadOnlyList<FeatureLevel> Levels { get; }

    /// <inheritdoc/>
    /// <param name="maps">One map for each of <see cref="Levels"/>, [batch, channels, height, width].</param>
    /// <returns>Logits [batch, anchors, 1 + classes] and boxes [batch, anchors, 4], from the coarsest level to the
    /// finest.</returns>
    /// <exception cref="ArgumentException">Another number of maps.</exception>
    public override DetectionOutput forward(IReadOnlyList<Tensor> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count != Levels.Count)
            throw new ArgumentException($"expected {Levels.Count} maps, got {maps.Count}", nameof(maps));
        for (var level = 0; level < maps.Count; level++)
            Guard.Dimension(maps[level], 1, Levels[level].Channels, $"{nameof(maps)}[{level}]");
        using var scope = NewDisposeScope();
        var answers = new Tensor[maps.Count];
        Tensor? above = null;
        for (var place = 0; place < maps.Count; place++)
        {
            var map = maps[maps.Count - 1 - place];
            if (above is not null)
            {
                var enlarged = functional.interpolate(
                    branches[place - 1].call(above), map.shape[2..], mode: InterpolationMode.Nearest);
                map = cat([enlarged, map], 1);
            }

            above = trunks[place].call(map);
            answers[place] = DetectionHead.Flatten(outputs[place].call(wides[place].call(above)), BoxValues + _classes);
        }

        var all = cat(answers, 1);
        return new(
            all.narrow(2, BoxValues - 1, 1 + _classes).MoveToOuterDisposeScope(),
            all.narrow(2, 0, BoxValues - 1).MoveToOuterDisposeScope());
    }

    private static Sequential Trunk(int inputs, int channels) => Sequential(
        ("narrow1", Block(inputs, channels, kernel: 1)),
        ("wide1", Block(channels, 2 * channels, kernel: 3)),
        ("narrow2", Block(2 * channels, channels, kernel: 1)),
        ("wide2", Block(channels, 2 * channels, kernel: 3)),
        ("narrow3", Block(2 * channels, channels, kernel: 1)));

    private static ConvNorm Block(int inputs, int outputs, int kernel) =>
        new(inputs, outputs, kernel, activation: LeakyReLU(0.1));
}
