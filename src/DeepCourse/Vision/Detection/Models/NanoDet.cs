using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection.Heads;
using DeepCourse.Vision.Detection.Necks;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Models;

/// <summary>NanoDet-g: a small one-stage detector without anchor boxes, 3.8 million parameters with COCO's 80
/// classes.</summary>
/// <remarks>
/// <para>Made by RangiLyu (github.com/RangiLyu/nanodet), from the parts of FCOS (arXiv 1904.01355: one point a cell, four
/// distances), generalized focal loss (arXiv 2006.04388: distances as distributions, the class score as the box's quality)
/// and PAN (arXiv 1803.01534), on the body of YOLOv4-tiny.</para>
/// <para>Points stand in the middle of their cells, level by level from stride 8 to 32, row by row; logits go through a
/// sigmoid, boxes through <see cref="DistributionCoding"/>.</para>
/// </remarks>
public sealed class NanoDet : Module<Tensor, DetectionOutput>, ILayerGroups, IDetectionModel
{
    private readonly CspDarknetTiny backbone;
    private readonly NanoDetNeck neck;
    private readonly NanoDetHead head;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="classes">Number of classes.</param>
    public NanoDet(int classes)
        : this(new CspDarknetTiny(), classes)
    {
    }

    private NanoDet(CspDarknetTiny body, int classes)
        : this(body, new NanoDetNeck(body.Levels), levels => new NanoDetHead(levels, classes))
    {
    }

    private NanoDet(CspDarknetTiny body, NanoDetNeck neck, Func<IReadOnlyList<FeatureLevel>, NanoDetHead> head)
        : base("NanoDet-g")
    {
        backbone = body;
        this.neck = neck;
        this.head = head(neck.Levels);
        RegisterComponents();
        Points = AnchorGrid.Points([.. neck.Levels.Select(level => level.Stride)]);
    }

    /// <summary>The points at which the network looks for objects.</summary>
    public AnchorGrid Points { get; }

    /// <summary>How its box values say where a box is.</summary>
    public DistributionCoding Coding { get; } = new(NanoDetHead.PublishedBins);

    /// <inheritdoc/>
    public ImageStatistics Statistics => backbone.Statistics;

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [.. backbone.LayerGroups, [neck, head]];

    /// <summary>Makes the network with the weights it learned on COCO 2017.</summary>
    /// <param name="classes">Number of classes; with null the 80 of COCO (<see cref="CocoClasses"/>). With a number, the
    /// class scores are new and all else is what was learned.</param>
    /// <returns>The network in float32 on the CPU, in training mode. The weights come with the library.</returns>
    public static NanoDet Pretrained(int? classes = null) =>
        new(CspDarknetTiny.Pretrained(), NanoDetNeck.Pretrained(), _ => NanoDetHead.Pretrained(classes));

    /// <inheritdoc/>
    /// <param name="input">Normalised pictures, [batch, 3, height, width].</param>
    /// <returns>Logits [batch, points, classes] and bins [batch, points, 44].</returns>
    public override DetectionOutput forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return head.call(neck.call(backbone.Features(input))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Detections Detect(Tensor images, DetectionFilter filter)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(filter);
        Guard.Shape(images, [Guard.Any, 3, Guard.Any, Guard.Any], "[batch, 3, height, width]");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var output = call(images);
        var points = Points.For(new PixelSize((int)images.shape[3], (int)images.shape[2]), images.device);
        return filter.Apply(output.Scores.sigmoid(), Coding.Decode(output.Boxes, points)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Points.Dispose();
        base.Dispose(disposing);
    }
}
