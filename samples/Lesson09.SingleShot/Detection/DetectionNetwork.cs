using DeepCourse.Optimization;
using DeepCourse.Vision;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Models;
using DeepCourse.Vision.Detection.Necks;
using DeepCourse.Vision.Imaging;

namespace Lesson09;

/// <summary>
/// A pretrained body, a neck if there is one, a head, and what the head's numbers mean: normalised pictures
/// [batch, 3, height, width] to logits and offsets of every anchor.
/// </summary>
internal sealed class DetectionNetwork : Module<Tensor, DetectionOutput>, ILayerGroups, IDetectionModel
{
    private readonly Backbone body;
    private readonly DetectionNeck? neck;
    private readonly Module<IReadOnlyList<Tensor>, DetectionOutput> head;

    internal DetectionNetwork(Backbone body, DetectionNeck? neck, Module<IReadOnlyList<Tensor>, DetectionOutput> head, Reading reading)
        : base(nameof(DetectionNetwork))
    {
        (this.body, this.neck, this.head, Reading) = (body, neck, head, reading);
        RegisterComponents();
    }

    internal Reading Reading { get; }

    public ImageStatistics Statistics => body.Statistics;

    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [.. body.LayerGroups, neck is null ? [head] : [neck, head]];

    public override DetectionOutput forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var maps = body.Features(images);
        var output = head.call(neck is null ? maps : neck.call(maps));
        return (output with
        {
            Anchors = Reading.Grid.For(new PixelSize((int)images.shape[3], (int)images.shape[2]), images.device),
        }).MoveToOuterDisposeScope();
    }

    public Detections Detect(Tensor images, DetectionFilter filter)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return Read(call(images), filter).MoveToOuterDisposeScope();
    }

    /// <summary>From what the heads say to objects.</summary>
    internal Detections Read(DetectionOutput output, DetectionFilter filter)
    {
        using var scope = NewDisposeScope();
        var (scores, boxes) = Reading.Of(output);
        return filter.Apply(scores, boxes).MoveToOuterDisposeScope();
    }
}
