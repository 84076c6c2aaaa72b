using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Loading;

namespace Lesson09;

/// <summary>What came out of a recipe; disposing it disposes the model.</summary>
internal sealed record RecipeResult(
    Recipe Recipe, DetectionNetwork Model, IReadOnlyList<string> Classes, DetectionData Pictures, History History, IReadOnlyList<TestScores> Scores, double Seconds) : IDisposable
{
    /// <summary>How many anchors look at a picture.</summary>
    internal int Anchors => Model.Reading.Grid.For(Pictures.Resize.Frame, CPU).Count;

    /// <summary>The share of a test's objects that a perfect network could find with these anchors.</summary>
    internal double ReachOn(TestSet test) => Reach.Of(test.Images, Pictures, Model.Reading);

    /// <summary>The model, ready to be asked about pictures; it goes on belonging to this result.</summary>
    internal Detector Detector => Detector.Of(Model, Classes, Pictures.Resize, Model.parameters().First().device);

    /// <summary>Keeps the model in a file that <c>detect</c> can open: the header says what the numbers are.</summary>
    internal void Save(string path) => Weights.Save(Model, path, SavedDetector.Notes(this));

    public void Dispose() => Model.Dispose();
}
