using DeepCourse.Optimization;
using DeepCourse.Vision.Backbones;

namespace Lesson08.LargestObject;

/// <summary>A pretrained body under the lesson's own head: normalised pictures [batch, 3, height, width] to answers.</summary>
internal sealed class LargestObjectModel : Module<Tensor, Answer>, ILayerGroups
{
    private readonly TwoLevelBody body;
    private readonly AttentiveHead head;

    internal LargestObjectModel(Backbone backbone, int classes) : base(nameof(LargestObjectModel))
    {
        body = new TwoLevelBody(backbone);
        head = new AttentiveHead(body.Channels, classes);
        RegisterComponents();
    }

    internal AttentiveHead Head => head;

    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [.. body.LayerGroups, [head]];

    public override Answer forward(Tensor images) => head.call(body.call(images));
}

/// <summary>
/// The backbone's two coarsest maps as one: [batch, channels of both, height / 16, width / 16]. The coarser knows more
/// of what things are, the finer of where.
/// </summary>
internal sealed class TwoLevelBody : Module<Tensor, Tensor>
{
    private readonly Backbone backbone;

    internal TwoLevelBody(Backbone backbone) : base(nameof(TwoLevelBody))
    {
        this.backbone = backbone;
        RegisterComponents();
    }

    internal int Channels => backbone.Levels[^2].Channels + backbone.Levels[^1].Channels;

    internal IReadOnlyList<IReadOnlyList<Module>> LayerGroups => backbone.LayerGroups;

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var levels = backbone.Features(images);
        var (fine, coarse) = (levels[^2], levels[^1]);
        var enlarged = functional.interpolate(coarse, fine.shape[2..], mode: InterpolationMode.Bilinear, align_corners: false);
        return cat([fine, enlarged], 1).MoveToOuterDisposeScope();
    }
}

/// <summary>
/// The custom head. The course flattens the last map, which ties every weight to a place and needs many of them. Here
/// one small map says where the largest object is; what it is, is read from the features there, and its edges are
/// measured from there. So class and box help each other through the same attention.
/// </summary>
internal sealed class AttentiveHead : Module<Tensor, Answer>
{
    private const int Width = 128;
    private const double DropoutShare = 0.3;

    private readonly Sequential neck;
    private readonly Conv2d where;
    private readonly Conv2d edges;
    private readonly Sequential what;

    internal AttentiveHead(int channels, int classes) : base(nameof(AttentiveHead))
    {
        neck = Sequential(
            ("conv0", Conv2d(channels, Width, 1, bias: false)), ("norm0", BatchNorm2d(Width)), ("relu0", ReLU()),
            ("conv1", Conv2d(Width, Width, 3, 1, 1, bias: false)), ("norm1", BatchNorm2d(Width)), ("relu1", ReLU()),
            ("conv2", Conv2d(Width, Width, 3, 1, 1, bias: false)), ("norm2", BatchNorm2d(Width)), ("relu2", ReLU()));
        where = Conv2d(Width, 1, 1);
        edges = Conv2d(Width, 4, 1);
        what = Sequential(
            ("dropout1", Dropout(DropoutShare)), ("linear1", Linear(channels, 256)),
            ("relu", ReLU()), ("norm", BatchNorm1d(256)), ("dropout2", Dropout(DropoutShare)), ("linear2", Linear(256, classes)));
        RegisterComponents();
    }

    public override Answer forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        var map = neck.call(features);

        // [batch, 1, places]: how much each place has to say.
        var attention = where.call(map).flatten(2).softmax(2);
        var seen = (features.flatten(2) * attention).sum(2);
        var boxes = (Boxes(map) * attention).sum(2).clamp(0, 1);
        return new(what.call(seen).MoveToOuterDisposeScope(), boxes.MoveToOuterDisposeScope());
    }

    /// <summary>The box that each place proposes, [batch, 4, places]: its middle, and the distances to the four edges.</summary>
    private Tensor Boxes(Tensor map)
    {
        var (height, width) = (map.shape[2], map.shape[3]);
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
