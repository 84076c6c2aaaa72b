using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Tests.Lessons;

/// <summary>Ctrl-C while a frozen body's features are computed: no learner is there yet to end at it.</summary>
public sealed class InterruptedFeaturesTests : IDisposable
{
    private const int BatchCount = 100;

    private readonly LessonRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void InterruptIsHeededWithinABatchAndTheRunGoesOnLater(bool loaderHeeds)
    {
        StopSignal.SkipWhereThereIsNone();
        var pictures = new Pictures(loaderHeeds);

        var code = _runner.Run("--seed 5", lesson =>
        {
            pictures.Delivering = batch => { if (batch == 3) StopSignal.Send(lesson.Cancellation); };
            Body(lesson, pictures);
        });

        Assert.Equal(ExitCode.Cancelled, code);
        Assert.InRange(pictures.Delivered, 3, 5);
        Assert.Contains("stopping after this batch", _runner.Errors, StringComparison.Ordinal);
        Assert.Contains("stopped; continue with --resume", _runner.Errors, StringComparison.Ordinal);
        Assert.Contains("stopped before its end", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("\"features\"", File.ReadAllText(_runner.Latest("metrics.json")), StringComparison.Ordinal);
        var folder = _runner.Context.Folder.Path;

        pictures.Delivering = _ => { };
        Assert.Equal(ExitCode.Success, _runner.Run("--resume", lesson => Body(lesson, pictures)));

        Assert.Equal((folder, 5), (_runner.Context.Folder.Path, _runner.Context.Seed));
        Assert.Equal(2 * BatchCount, _runner.Context.Metrics["features"]);
        Assert.DoesNotContain("stopped before its end", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
    }

    private static void Body(LessonContext lesson, Pictures pictures)
    {
        lesson.Stage("features");
        using var body = Conv2d(3, 2, 3);
        using var features = BackboneFeatures.Compute(body, pictures, targets => [targets], parts => parts[0], cancellation: lesson.Cancellation);
        lesson.Metric("features", features.Values.shape[0]);
    }

    private sealed class Pictures(bool heeds) : ILoader<Tensor, Tensor>
    {
        public Action<int> Delivering { get; set; } = _ => { };

        public int Delivered { get; private set; }

        public int Count => BatchCount;

        public int ItemCount => 2 * BatchCount;

        public IEnumerable<Batch<Tensor, Tensor>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            for (Delivered = 0; Delivered < BatchCount;)
            {
                if (heeds && cancellation.IsCancellationRequested) yield break;
                Delivering(++Delivered);
                yield return new(rand(2, 3, 8, 8), zeros(2), 2);
            }
        }
    }
}
