using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Vision.Backbones;

namespace Lesson08.LargestObject;

/// <summary>
/// What the frozen body says about every training picture, as it is and mirrored, computed once: the head's epochs then
/// cost a fraction of the body's (the course's <c>precompute</c>).
/// </summary>
internal sealed class CachedFeatures : IDisposable
{
    private readonly Tensor[] _tensors;

    private CachedFeatures(Loaders<Features, Targets> loaders, params Tensor[] tensors) => (Loaders, _tensors) = (loaders, tensors);

    internal Loaders<Features, Targets> Loaders { get; }

    internal static CachedFeatures Of(LessonContext lesson, PictureData data, Backbone backbone)
    {
        lesson.Stage("Features of the frozen body");
        var training = Collect(data.PlainTraining, backbone, mirrored: true, lesson.Cancellation);
        var validation = Collect(data.Loaders.Validation, backbone, mirrored: false, lesson.Cancellation);
        var options = new LoaderOptions(lesson.BatchSize) { Seed = lesson.Seed, Device = lesson.Device };
        var loaders = new Loaders<Features, Targets>(
            new TensorLoader<Features, Targets>(
                training.Features, training.Targets, (int)training.Targets.Classes.size(0),
                options with { Sampler = Sampler.Shuffled, DropLast = true }),
            new TensorLoader<Features, Targets>(
                validation.Features, validation.Targets, (int)validation.Targets.Classes.size(0), options));
        return new(loaders, [.. Tensors(training), .. Tensors(validation)]);
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors) tensor.Dispose();
    }

    private static (Features Features, Targets Targets) Collect(
        ILoader<Tensor, Targets> pictures, Backbone backbone, bool mirrored, CancellationToken cancellation)
    {
        backbone.eval();
        using var frozen = no_grad();
        using var all = NewDisposeScope();
        List<Tensor> middles = [], coarses = [], classes = [], boxes = [];
        using var batches = pictures.Batches(0, 0, cancellation).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!batches.MoveNext()) break;
            var (images, targets) = (batches.Current.Inputs, batches.Current.Targets);
            Keep(images, targets.Boxes);
            if (mirrored)
            {
                var edges = targets.Boxes.unbind(1);
                Keep(images.flip(3), stack([1 - edges[2], edges[1], 1 - edges[0], edges[3]], 1));
            }

            void Keep(Tensor pictures, Tensor where)
            {
                var levels = backbone.Features(pictures);
                middles.Add(levels[^2].contiguous().MoveToOuterDisposeScope());
                coarses.Add(levels[^1].contiguous().MoveToOuterDisposeScope());
                classes.Add(targets.Classes.clone().MoveToOuterDisposeScope());
                boxes.Add(where.clone().MoveToOuterDisposeScope());
            }
        }
        cancellation.ThrowIfCancellationRequested();
        return (
            new(Joined(middles), Joined(coarses)),
            new(Joined(classes), Joined(boxes)));

        static Tensor Joined(List<Tensor> parts) => cat(parts, 0).DetachFromDisposeScope();
    }

    private static Tensor[] Tensors((Features Features, Targets Targets) set) =>
        [set.Features.Middle, set.Features.Coarse, set.Targets.Classes, set.Targets.Boxes];
}
