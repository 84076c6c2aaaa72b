using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Vision;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;
using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace Lesson09;

/// <summary>One way to make a detector: its head, its loss, and how it is trained.</summary>
/// <param name="Key">Short name, for files and metrics.</param>
/// <param name="Title">As the report calls it.</param>
/// <param name="Lead">What is different about it.</param>
/// <param name="Build">From a body and the number of classes to a detector.</param>
/// <param name="Loss">From the number of classes to what it minimises.</param>
internal sealed record Recipe(
    string Key, string Title, string Lead, Func<Backbone, int, DetectionNetwork> Build, Func<int, DetectionLoss> Loss)
{
    /// <summary>Epochs of the head alone over a body that stays as it is, in those of the lesson.</summary>
    internal double FrozenLength { get; init; }

    /// <summary>Epochs of everything, in those of the lesson.</summary>
    internal double Length { get; init; } = 1;

    /// <summary>The highest rate of the head, in those of the lesson; the body gets an eighth.</summary>
    internal double Rate { get; init; } = 1;

    /// <summary>The side of square pictures; null keeps the pictures' shape at the lesson's size.</summary>
    internal int? Side { get; init; }

    /// <summary>The pictures' size, in the lesson's.</summary>
    internal double Scale { get; init; } = 1;

    /// <summary>Which augmentations take part; null for those that suit the data.</summary>
    internal Augmenter? Augmenter { get; init; }

    /// <summary>Who answers for what, where that does not depend on what the network says; for pictures of it.</summary>
    internal IMatcher? Matcher { get; init; }

    /// <summary>Whether the body starts from what it learned on COCO.</summary>
    internal bool Pretrained { get; init; } = true;

    /// <summary>What a file of weights has to say, beside the recipe's key, for the model to be built again.</summary>
    internal IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>Added to the lesson's seed, for studies.</summary>
    internal int SeedOffset { get; init; }

    internal DetectionData Prepare(LessonContext lesson, AnnotatedSet set, ImageStatistics statistics) =>
        new(new SquashResize(Side is { } side ? PixelSize.Square(side) : Frame(lesson, set, Scale)))
        {
            Statistics = statistics,
            Augmenter = Augmenter ?? Usual(set.HasUpright),
            CacheScale = set.Training.Count <= 1000 ? 1 : null,
        };

    internal RecipeResult Train(LessonContext lesson, AnnotatedSet set)
    {
        lesson.Stage(Title);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        random.manual_seed(lesson.Seed + SeedOffset);
        var body = Pretrained ? CspDarknetTiny.Pretrained() : new CspDarknetTiny();
        var pictures = Prepare(lesson, set, body.Statistics);
        var options = new LoaderOptions(lesson.BatchSize) { Seed = lesson.Seed + SeedOffset, Workers = lesson.Workers, Device = lesson.Device, DropLast = true };
        using var data = pictures.Load(set.Training, set.Tests[0].Images, options);
        var model = Build(body, set.Classes.Count).to(lesson.Device);
        var loss = Loss(set.Classes.Count);
        using var precision = new MeanAveragePrecision<DetectionOutput>(set.Classes.Count, output => model.Read(output, TestScores.Filter));
        Callback[] callbacks =
        [
            .. lesson.CallbacksFor(Key), new LossParts(loss), new MetricsRecorder([precision]), new StopOnNaN(), GradientClipping.ByNorm(10),
            new ExponentialMovingAverage(0.99),
        ];
        using var learner = Learner.Create(data, model, loss.Of, Optimizers.AdamW(lesson.LearningRate, 0.05), callbacks);
        lesson.Resume(learner, Key);
        var rate = lesson.LearningRate * Rate;
        if (FrozenLength > 0)
        {
            learner.Groups.Freeze();
            learner.FitOneCycle(Math.Max(1, (int)Math.Round(lesson.Epochs * FrozenLength)), LearningRates.LastGroup(rate), cancellation: lesson.Cancellation);
            lesson.Cancellation.ThrowIfCancellationRequested();
            learner.Groups.Unfreeze();
        }
        var epochs = (int)Math.Round(lesson.Epochs * Length);
        if (epochs > 0) learner.FitOneCycle(epochs, LearningRates.Between(rate / 8, rate), warmUp: 0.2, cancellation: lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();
        lesson.Save(learner.History, Key);
        var seconds = watch.Elapsed.TotalSeconds;
        var scores = set.Tests.Select(test => TestScores.Of(test, learner, pictures, options)).ToArray();
        foreach (var score in scores) lesson.Console.Say($"{score.Test.Name,-7} mAP@.5 {score.Map50:0.000}   mAP@.5:.95 {score.Map:0.000}");
        return new(this, model, set.Classes, pictures, learner.History, scores, seconds);
    }

    // Under a microscope there is no upright side, in photographs there is. Black lies beyond the edge, where nothing is marked.
    private static Augmenter Usual(bool hasUpright) => new(
    [
        new Flip(), .. hasUpright ? Array.Empty<Augmentation>() : [new Flip(Vertically: true)],
        new Zoom(0.75, 1.33), Shift.UpTo(0.1), Rotate.UpTo(10), Lighting.UpTo(0.25), Contrast.UpTo(0.25), Saturation.UpTo(0.3), Hue.UpTo(12),
    ]);

    // Sides are multiples of the coarsest stride, so that every level's cells cover the picture exactly.
    internal static PixelSize Frame(LessonContext lesson, AnnotatedSet set, double scale = 1)
    {
        const int stride = 32;
        var (first, longer) = (set.Training[0].Size, lesson.Size * scale);
        var shrink = longer / Math.Max(first.Width, first.Height);
        return new(Snap(first.Width * shrink), Snap(first.Height * shrink));

        static int Snap(double length) => Math.Max(stride, (int)Math.Round(length / stride, MidpointRounding.AwayFromZero) * stride);
    }
}

