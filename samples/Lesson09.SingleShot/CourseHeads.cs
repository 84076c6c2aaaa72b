using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Heads;

namespace Lesson09.SingleShot;

/// <summary>The course's building block: 3x3 convolution, ReLU, batch normalisation (in this order), dropout.</summary>
internal sealed class StandardConv : Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d norm;
    private readonly Dropout dropout;

    internal StandardConv(int inputs, int outputs, int stride = 2, double dropout = 0.1) : base(nameof(StandardConv))
    {
        conv = Conv2d(inputs, outputs, 3, stride, 1);
        norm = BatchNorm2d(outputs);
        this.dropout = Dropout(dropout);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return dropout.call(norm.call(functional.relu(conv.call(input)))).MoveToOuterDisposeScope();
    }
}

/// <summary>Two 3x3 convolutions side by side: what is at each anchor of each cell, and where exactly.</summary>
internal sealed class OutConv : Module<Tensor, DetectionOutput>
{
    private readonly int _classes;
    private readonly Conv2d scores;
    private readonly Conv2d boxes;

    /// <param name="channels">Channels of the map.</param>
    /// <param name="anchors">Anchors of each cell.</param>
    /// <param name="classes">Classes without a background: "nothing" is what all of them deny.</param>
    /// <param name="bias">Where the logits start: few cells hold anything, so they should begin by denying.</param>
    internal OutConv(int channels, int anchors, int classes, double bias) : base(nameof(OutConv))
    {
        _classes = classes;
        scores = Conv2d(channels, anchors * classes, 3, 1, 1);
        boxes = Conv2d(channels, anchors * 4, 3, 1, 1);
        using (no_grad()) scores.bias!.fill_(bias);
        RegisterComponents();
    }

    public override DetectionOutput forward(Tensor map)
    {
        using var scope = NewDisposeScope();
        return new DetectionOutput(DetectionHead.Flatten(scores.call(map), _classes), DetectionHead.Flatten(boxes.call(map), 4)).MoveToOuterDisposeScope();
    }
}

/// <summary>The course's first head: one 4 x 4 grid, one anchor a cell, 16 in all.</summary>
internal sealed class SixteenAnchors : Module<IReadOnlyList<Tensor>, DetectionOutput>
{
    private readonly Dropout dropout;
    private readonly StandardConv first;
    private readonly StandardConv second;
    private readonly OutConv outputs;

    internal SixteenAnchors(int channels, int classes) : base(nameof(SixteenAnchors))
    {
        dropout = Dropout(0.25);
        first = new StandardConv(channels, 256, stride: 1);
        second = new StandardConv(256, 256);
        outputs = new OutConv(256, 1, classes, bias: -3);
        RegisterComponents();
    }

    public override DetectionOutput forward(IReadOnlyList<Tensor> maps)
    {
        using var scope = NewDisposeScope();
        var map = second.call(first.call(dropout.call(functional.relu(maps[^1]))));
        return outputs.call(HeadMaps.Grid(map, 4)).MoveToOuterDisposeScope();
    }
}

/// <summary>The course's second head: grids of 4 x 4, 2 x 2 and 1 cell, nine anchors a cell, 189 in all.</summary>
internal sealed class NineAnchorsOnThreeGrids : Module<IReadOnlyList<Tensor>, DetectionOutput>
{
    private readonly Dropout dropout;
    private readonly StandardConv first;
    private readonly ModuleList<StandardConv> coarser;
    private readonly ModuleList<OutConv> outputs;

    internal NineAnchorsOnThreeGrids(int channels, int classes) : base(nameof(NineAnchorsOnThreeGrids))
    {
        dropout = Dropout(0.4);
        first = new StandardConv(channels, 256, stride: 1);
        coarser = ModuleList(new StandardConv(256, 256), new StandardConv(256, 256), new StandardConv(256, 256));
        outputs = ModuleList(
            new OutConv(256, 9, classes, bias: -4), new OutConv(256, 9, classes, bias: -4), new OutConv(256, 9, classes, bias: -4));
        RegisterComponents();
    }

    public override DetectionOutput forward(IReadOnlyList<Tensor> maps)
    {
        using var scope = NewDisposeScope();
        var map = first.call(dropout.call(functional.relu(maps[^1])));
        var levels = new List<DetectionOutput>();
        foreach (var (step, output, cells) in coarser.Zip(outputs, [4, 2, 1]))
        {
            map = HeadMaps.Grid(step.call(map), cells);
            levels.Add(output.call(map));
        }
        return HeadMaps.Join(levels).MoveToOuterDisposeScope();
    }
}

/// <summary>What the heads of the lesson share.</summary>
internal static class HeadMaps
{
    /// <summary>The map as exactly so many cells a side; the course's pictures were square and gave 7 -> 4 -> 2 -> 1 by themselves.</summary>
    internal static Tensor Grid(Tensor map, int cells) =>
        map.shape[2] == cells && map.shape[3] == cells ? map : functional.adaptive_avg_pool2d(map, [cells, cells]);

    /// <summary>Joins the anchors of several levels.</summary>
    internal static DetectionOutput Join(IReadOnlyList<DetectionOutput> levels) =>
        new(cat([.. levels.Select(level => level.Scores)], 1), cat([.. levels.Select(level => level.Boxes)], 1));
}
