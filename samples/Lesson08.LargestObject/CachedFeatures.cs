using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Vision.Backbones;

namespace Lesson08.LargestObject;

/// <summary>
/// What the frozen body makes of every picture, computed once: the head's epochs then cost a fraction of the whole
/// network's (the course's <c>precompute</c>).
/// </summary>
internal sealed class CachedFeatures : IDisposable
{
    /// <summary>Differently augmented copies of each training picture.</summary>
    private const int Variants = 2;

    private readonly BackboneFeatures<Targets> _training;
    private readonly BackboneFeatures<Targets> _validation;

    private CachedFeatures(BackboneFeatures<Targets> training, BackboneFeatures<Targets> validation, LoaderOptions options)
    {
        (_training, _validation) = (training, validation);
        Loaders = new(training.Load(options with { Sampler = Sampler.Shuffled, DropLast = true }), validation.Load(options));
    }

    internal Loaders<Tensor, Targets> Loaders { get; }

    internal static CachedFeatures Of(LessonContext lesson, PictureData data, Backbone backbone)
    {
        lesson.Stage("Features of the frozen body");
        // Not disposed: that would dispose the backbone with it.
        var body = new TwoLevelBody(backbone);
        return new(
            Compute(body, data.OrderedTraining, Variants, lesson.Cancellation), Compute(body, data.Loaders.Validation, 1, lesson.Cancellation),
            new LoaderOptions(lesson.BatchSize) { Seed = lesson.Seed, Device = lesson.Device });
    }

    public void Dispose()
    {
        _training.Dispose();
        _validation.Dispose();
    }

    private static BackboneFeatures<Targets> Compute(TwoLevelBody body, ILoader<Tensor, Targets> pictures, int variants, CancellationToken cancellation) =>
        BackboneFeatures.Compute(
            body, pictures, targets => [targets.Classes, targets.Boxes], parts => new Targets(parts[0], parts[1]), variants, cancellation: cancellation);
}
