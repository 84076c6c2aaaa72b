using DeepCourse.Data;
using DeepCourse.Training;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;
using DeepCourse.Vision.Detection.Loading;

namespace Lesson09;

/// <summary>How well a detector finds the objects of one test set.</summary>
/// <param name="Test">The pictures.</param>
/// <param name="Results">What was found in each, and what is there.</param>
/// <param name="At50">Average precisions at IoU 0.5, area under the whole curve.</param>
/// <param name="Coco">COCO's scores, among them the mean over IoU 0.50 to 0.95.</param>
internal sealed record TestScores(
    TestSet Test, DetectionResults Results, AveragePrecisions At50, CocoScores Coco)
{
    /// <summary>Low scores count too: precision is measured at every score.</summary>
    internal static DetectionFilter Filter { get; } = new() { LeastScore = 0.01 };

    internal double Map50 => At50.Mean;

    internal double Map => Coco.AveragePrecision;

    /// <summary>At IoU 0.5.</summary>
    internal IReadOnlyList<ClassPrecision> Classes => At50.Classes;

    /// <summary>Asks the model about every picture.</summary>
    internal static TestScores Of(TestSet test, Learner<Tensor, DetectionOutput, DetectionTargets> learner, DetectionData pictures, LoaderOptions options)
    {
        var model = (DetectionNetwork)learner.Model;
        var results = new DetectionResults();
        var loader = pictures.LoadPlain(test.Images, options with { Sampler = Sampler.Sequential, DropLast = false });
        using var owner = loader as IDisposable;
        learner.Predict(loader, (batch, output) =>
        {
            var found = model.Read(output, Filter);
            for (var i = 0; i < batch.Size; i++)
            {
                var picture = test.Images[results.Count];
                results.Add(pictures.Restore(found, i, picture.Size), picture.Objects);
            }
        });
        var classes = test.Images.Classes.Count;
        return new(test, results, AveragePrecisions.Of(results, classes, 0.5), CocoScores.Of(results, classes));
    }
}
