using DeepCourse.Tensors;
using DeepCourse.Vision.Darknet;
using DeepCourse.Vision.Darknet.Layers;
using DeepCourse.Vision.Detection.Heads;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Models;

/// <summary>A YOLOv3 detector out of darknet's files: the network of a <c>.cfg</c> with <c>[yolo]</c> layers, and what its
/// maps mean.</summary>
/// <remarks>
/// <para>Redmon and Farhadi 2018 (arXiv 1804.02767), section 2: middles are sigmoids from the cell's corner, sizes
/// exponentials on the anchor's, objectness and each class are sigmoids; a class's score is their product.</para>
/// <para>Anchors come scale by scale in the file's order (strides 32, 16, 8 in <c>yolov3.cfg</c>), in a scale row by row,
/// at a cell in the order of the mask. Boxes are in <see cref="YoloCoding"/>; scores are the logits of there being an
/// object, then of the classes, as <see cref="YoloLoss"/> wants them.</para>
/// </remarks>
public sealed class YoloV3 : Module<Tensor, DetectionOutput>, IDetectionModel
{
    private readonly DarknetNetwork network;

    /// <summary>Takes a network over.</summary>
    /// <param name="network">A network with at least one <c>[yolo]</c> layer.</param>
    /// <exception cref="DataFormatException">No <c>[yolo]</c> layer, scales with different classes, or a scale whose cells
    /// are no squares of whole pixels.</exception>
    public YoloV3(DarknetNetwork network)
        : base(NameOf(network))
    {
        this.network = network;
        RegisterComponents();
        var scales = network.Layers.OfType<DarknetYolo>().ToList();
        if (scales.Count == 0) throw new DataFormatException(network.Config.Name, "expected [yolo] layers, got none");
        foreach (var scale in scales)
            if (scale.Classes != scales[0].Classes)
                throw scale.Section.Fault($"expected {scales[0].Classes} classes as in the first scale, got {scale.Classes}", "classes");
        Classes = scales[0].Classes;
        Anchors = new AnchorGrid([.. scales.Select(Level)]);
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>The anchors, in the order of the answers.</summary>
    public AnchorGrid Anchors { get; }

    /// <summary>The size of pictures that the file asks for.</summary>
    public PixelSize Size => new(network.Input.Width, network.Input.Height);

    /// <inheritdoc/>
    /// <remarks>Darknet's networks take values in 0..1 as they are.</remarks>
    public ImageStatistics Statistics => ImageStatistics.None;

    /// <summary>Builds the network of a <c>.cfg</c> file and loads a <c>.weights</c> file.</summary>
    /// <param name="configPath">Such as <c>yolov3.cfg</c>.</param>
    /// <param name="weightsPath">Such as <c>yolov3.weights</c>.</param>
    /// <returns>The detector in float32 on the CPU, in training mode.</returns>
    /// <exception cref="DataFormatException">A file is broken, or they do not fit.</exception>
    public static YoloV3 Load(string configPath, string weightsPath)
    {
        var network = new DarknetNetwork(DarknetConfig.Read(configPath));
        DarknetWeights.Load(network, weightsPath);
        return new(network);
    }

    /// <inheritdoc/>
    /// <param name="input">RGB pictures in 0..1, [batch, 3, height, width]; sides divisible by the largest stride.</param>
    /// <returns>Logits [batch, anchors, 1 + classes] and boxes [batch, anchors, 4].</returns>
    public override DetectionOutput forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var maps = network.call(input).Select(map => DetectionHead.Flatten(map, DarknetYolo.BoxValues + Classes));
        var all = cat([.. maps], 1);
        return new(
            all.narrow(2, 4, 1 + Classes).MoveToOuterDisposeScope(), all.narrow(2, 0, 4).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public Detections Detect(Tensor images, DetectionFilter filter)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(filter);
        Guard.Rank(images, 4);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (boxes, scores) = Decode(call(images), new((int)images.shape[3], (int)images.shape[2]));
        return filter.Apply(scores, boxes).MoveToOuterDisposeScope();
    }

    /// <summary>What the network's numbers mean.</summary>
    /// <param name="output">Logits [batch, anchors, 1 + classes] and boxes [batch, anchors, 4].</param>
    /// <param name="size">The size of the pictures that went in.</param>
    /// <returns>Boxes [batch, anchors, 4], (left, top, right, bottom) as shares, and scores [batch, anchors, classes],
    /// objectness times class.</returns>
    public (Tensor Boxes, Tensor Scores) Decode(DetectionOutput output, PixelSize size)
    {
        ArgumentNullException.ThrowIfNull(output);
        Guard.Dimension(output.Scores, -1, 1 + Classes);
        using var scope = NewDisposeScope();
        var boxes = new YoloCoding().Decode(output.Boxes, Anchors.For(size, output.Boxes.device));
        var certain = output.Scores.sigmoid();
        var scores = certain.narrow(-1, 0, 1) * certain.narrow(-1, 1, Classes);
        return (boxes.MoveToOuterDisposeScope(), scores.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Anchors.Dispose();
        base.Dispose(disposing);
    }

    private AnchorLevel Level(DarknetYolo scale)
    {
        var (image, grid) = (network.Input, scale.Shape);
        var stride = image.Width / grid.Width;
        if ((stride * grid.Width, stride * grid.Height) != (image.Width, image.Height))
            throw scale.Section.Fault($"a grid of {grid.Height} x {grid.Width} does not divide pictures of {image.Height} x {image.Width} into squares");
        return AnchorLevel.OfStride(stride, [.. scale.Anchors.Select(anchor => new AnchorShape(anchor.Width, anchor.Height))]);
    }

    private static string NameOf(DarknetNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.GetName();
    }
}
