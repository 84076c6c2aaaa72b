using DeepCourse.Text.Classification;
using DeepCourse.Training;

namespace Lesson10;

/// <summary>A classifier and what it said about the test texts.</summary>
/// <param name="Recipe">How it was made.</param>
/// <param name="Predictor">Judges texts; disposed with the result.</param>
/// <param name="Probabilities">Of each test text, for each class.</param>
/// <param name="Labels">The truth.</param>
/// <param name="History">How it learned.</param>
/// <param name="Seconds">How long that took, the test included.</param>
internal sealed record ClassifierResult(
    ClassifierRecipe Recipe, TextPredictor Predictor, IReadOnlyList<double[]> Probabilities, IReadOnlyList<int> Labels, History History, double Seconds) : IDisposable
{
    /// <summary>The share of test texts whose most probable class is the right one.</summary>
    internal double Accuracy => Enumerable.Range(0, Labels.Count).Average(text => Answer(text) == Labels[text] ? 1.0 : 0);

    /// <summary>The most probable class of a test text.</summary>
    internal int Answer(int text) => Array.IndexOf(Probabilities[text], Probabilities[text].Max());

    public void Dispose() => Predictor.Dispose();
}
