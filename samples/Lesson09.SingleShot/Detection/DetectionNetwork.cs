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
    // Height is axis 2, width axis 3.
    private static readonly long[][] mirrors = [[], [3], [2], [2, 3]];

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
        return new(output.Scores.MoveToOuterDisposeScope(), output.Boxes.MoveToOuterDisposeScope())
        {
            Anchors = Reading.Grid.For(new PixelSize((int)images.shape[3], (int)images.shape[2]), images.device),
        };
    }

    /// <summary>Whether <see cref="Detect"/> also looks at the pictures' three mirror images.</summary>
    internal bool Mirrors { get; set; }

    public Detections Detect(Tensor images, DetectionFilter filter)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // What is found in all views competes in one suppression.
        var views = (Mirrors ? mirrors : mirrors[..1]).Select(axes => Seen(images, axes)).ToArray();
        return Kept(filter.Apply(cat([.. views.Select(view => view.Scores)], 1), cat([.. views.Select(view => view.Boxes)], 1)));
    }

    /// <summary>From what the heads say to objects.</summary>
    internal Detections Read(DetectionOutput output, DetectionFilter filter)
    {
        using var scope = NewDisposeScope();
        var (scores, boxes) = Reading.Of(output);
        return Kept(filter.Apply(scores, boxes));
    }

    private (Tensor Scores, Tensor Boxes) Seen(Tensor images, long[] axes)
    {
        var (scores, boxes) = Reading.Of(call(axes.Length == 0 ? images : images.flip(axes)));
        var edges = boxes.unbind(-1);
        foreach (var axis in axes)
        {
            var (low, high) = axis == 3 ? (0, 2) : (1, 3);
            (edges[low], edges[high]) = (1 - edges[high], 1 - edges[low]);
        }
        return (scores, axes.Length == 0 ? boxes : stack(edges, -1));
    }

    private static Detections Kept(Detections found) =>
        new(found.Boxes.MoveToOuterDisposeScope(), found.Scores.MoveToOuterDisposeScope(), found.Classes.MoveToOuterDisposeScope());
}
