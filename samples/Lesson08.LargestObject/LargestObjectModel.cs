using DeepCourse.Optimization;
using DeepCourse.Vision.Backbones;

namespace Lesson08.LargestObject;

/// <summary>A pretrained backbone under the lesson's own head: normalised pictures [batch, 3, height, width] to answers.</summary>
internal sealed class LargestObjectModel : Module<Tensor, Answer>, ILayerGroups
{
    private readonly Backbone backbone;
    private readonly AttentiveHead head;

    internal LargestObjectModel(Backbone backbone, int classes) : base(nameof(LargestObjectModel))
    {
        this.backbone = backbone;
        head = new AttentiveHead(backbone.Levels[^2].Channels, backbone.Levels[^1].Channels, classes);
        RegisterComponents();
    }

    internal Backbone Backbone => backbone;

    internal AttentiveHead Head => head;

    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [.. backbone.LayerGroups, [head]];

    public override Answer forward(Tensor images) => head.call(FeaturesOf(images));

    internal Features FeaturesOf(Tensor images)
    {
        var levels = backbone.Features(images);
        return new(levels[^2], levels[^1]);
    }
}

/// <summary>
/// The custom head. The course flattens the last map, which ties every weight to a place and needs many of them. Here
/// one small map says where the largest object is; what it is, is read from the features there, and its edges are
/// measured from there. So class and box help each other through the same attention.
/// </summary>
internal sealed class AttentiveHead : Module<Features, Answer>
{
    private const int Width = 128;
    private const double DropoutShare = 0.3;

    private readonly Conv2d middle;
    private readonly Conv2d coarse;
    private readonly Sequential neck;
    private readonly Conv2d where;
    private readonly Conv2d edges;
    private readonly Sequential what;

    internal AttentiveHead(int middleChannels, int coarseChannels, int classes) : base(nameof(AttentiveHead))
    {
        middle = Conv2d(middleChannels, Width, 1);
        coarse = Conv2d(coarseChannels, Width, 1);
        neck = Sequential(
            ("norm0", BatchNorm2d(Width)), ("relu0", ReLU()),
            ("conv1", Conv2d(Width, Width, 3, 1, 1, bias: false)), ("norm1", BatchNorm2d(Width)), ("relu1", ReLU()),
            ("conv2", Conv2d(Width, Width, 3, 1, 1, bias: false)), ("norm2", BatchNorm2d(Width)), ("relu2", ReLU()));
        where = Conv2d(Width, 1, 1);
        edges = Conv2d(Width, 4, 1);
        what = Sequential(
            ("dropout1", Dropout(DropoutShare)), ("linear1", Linear(middleChannels + coarseChannels, 256)),
            ("relu", ReLU()), ("norm", BatchNorm1d(256)), ("dropout2", Dropout(DropoutShare)), ("linear2", Linear(256, classes)));
        RegisterComponents();
    }

    public override Answer forward(Features features)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (features.Middle.size(2), features.Middle.size(3));
        var enlarged = functional.interpolate(
            features.Coarse, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
        var map = neck.call(middle.call(features.Middle) + coarse.call(enlarged));

        // [batch, 1, places]: how much each place has to say.
        var attention = where.call(map).flatten(2).softmax(2);
        var seen = (cat([features.Middle, enlarged], 1).flatten(2) * attention).sum(2);
        var boxes = (Boxes(map, height, width) * attention).sum(2).clamp(0, 1);
        return new(what.call(seen).MoveToOuterDisposeScope(), boxes.MoveToOuterDisposeScope());
    }

    /// <summary>The box that each place proposes, [batch, 4, places]: its middle, and the distances to the four edges.</summary>
    private Tensor Boxes(Tensor map, long height, long width)
    {
        var x = (arange(width, float32, map.device) + 0.5) / (double)width;
        var y = (arange(height, float32, map.device) + 0.5) / (double)height;
        var column = x.expand(height, width).reshape(1, 1, -1);
        var row = y.unsqueeze(1).expand(height, width).reshape(1, 1, -1);
        var distances = functional.softplus(edges.call(map).flatten(2)) * 0.3;
        var (left, top) = (column - distances.narrow(1, 0, 1), row - distances.narrow(1, 1, 1));
        var (right, bottom) = (column + distances.narrow(1, 2, 1), row + distances.narrow(1, 3, 1));
        return cat([left, top, right, bottom], 1);
    }
}
