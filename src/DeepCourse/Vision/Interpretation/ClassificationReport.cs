using DeepCourse.Reporting;

namespace DeepCourse.Vision.Interpretation;

/// <summary>Precision, recall and F1 of each class, and their means.</summary>
public sealed class ClassificationReport
{
    /// <summary>Reads the scores off a table.</summary>
    /// <param name="matrix">True against named classes.</param>
    public ClassificationReport(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Classes = [.. Enumerable.Range(0, matrix.Classes.Count).Select(index => Score(matrix, index))];
        Accuracy = matrix.Accuracy;
    }

    /// <summary>One row a class.</summary>
    public IReadOnlyList<ClassScore> Classes { get; }

    /// <summary>The share of items named rightly.</summary>
    public double Accuracy { get; }

    /// <summary>Mean of F1 over the classes that have items, each class counting alike.</summary>
    public double MacroF1 =>
        Classes.Where(score => score.Support > 0).Select(score => score.F1).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Mean of F1 over the items.</summary>
    public double WeightedF1
    {
        get
        {
            var items = Classes.Sum(score => score.Support);
            return Classes.Sum(score => score.F1 * score.Support) / items;
        }
    }

    /// <summary>One row a class; a dash stands where a share is of nothing.</summary>
    /// <param name="title">Heading.</param>
    /// <returns>A figure for a report.</returns>
    public Table ToFigure(string title = "Scores by class") => new(
        title, ["class", "precision", "recall", "F1", "items"],
        [.. Classes.Select(IReadOnlyList<string> (score) =>
            [score.Name, Text(score.Precision), Text(score.Recall), Text(score.F1), $"{score.Support}"])]);

    private static string Text(double share) => double.IsNaN(share) ? "–" : $"{share:0.000}";

    private static ClassScore Score(ConfusionMatrix matrix, int index)
    {
        long named = 0, support = 0;
        for (var other = 0; other < matrix.Classes.Count; other++)
        {
            named += matrix[other, index];
            support += matrix[index, other];
        }
        var right = (double)matrix[index, index];
        return new(matrix.Classes[index], right / named, right / support, support);
    }
}
