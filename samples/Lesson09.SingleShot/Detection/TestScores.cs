using DeepCourse.Data;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;
using DeepCourse.Vision.Detection.Loading;

namespace Lesson09;

/// <summary>How well a detector finds the objects of one test set.</summary>
/// <param name="Test">The pictures.</param>
/// <param name="Results">What was found in each, and what is there.</param>
/// <param name="Reachable">The share of objects that a perfect network could find with these anchors.</param>
/// <param name="At50">Average precisions at IoU 0.5, area under the whole curve.</param>
/// <param name="Coco">COCO's scores, among them the mean over IoU 0.50 to 0.95.</param>
internal sealed record TestScores(
    TestSet Test, DetectionResults Results, double Reachable, AveragePrecisions At50, CocoScores Coco)
{
    /// <summary>Low scores count too: precision is measured at every score.</summary>
    internal static DetectionFilter Filter { get; } = new() { LeastScore = 0.01 };

    internal double Map50 => At50.Mean;

    internal double Map => Coco.AveragePrecision;

    /// <summary>At IoU 0.5.</summary>
    internal IReadOnlyList<ClassPrecision> Classes => At50.Classes;

    /// <summary>Asks the model about every picture.</summary>
    internal static TestScores Of(TestSet test, DetectionNetwork model, DetectionData pictures, LoaderOptions options)
    {
        model.eval();
        var results = new DetectionResults();
        var loader = pictures.LoadPlain(test.Images, options with { Sampler = Sampler.Sequential, DropLast = false });
        using var owner = loader as IDisposable;
        foreach (var (frames, first) in Frames(loader))
        {
            var found = model.Detect(frames, Filter);
            for (var i = 0; i < frames.shape[0]; i++)
            {
                var picture = test.Images[first + i];
                results.Add(pictures.Restore(found, i, picture.Size), picture.Objects);
            }
        }
        var classes = test.Images.Classes.Count;
        return new(
            test, results, Reach.Of(test.Images, pictures, model.Reading), AveragePrecisions.Of(results, classes, 0.5), CocoScores.Of(results, classes));
    }

    /// <summary>The pictures of each batch and the place of its first one, each in a dispose scope of its own.</summary>
    private static IEnumerable<(Tensor Frames, int First)> Frames(ILoader<Tensor, DetectionTargets> loader)
    {
        var first = 0;
        using var batches = loader.Batches(0).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!batches.MoveNext()) yield break;
            yield return (batches.Current.Inputs, first);
            first += batches.Current.Size;
        }
    }
}
