using DeepCourse.Reporting;

namespace DeepCourse.Vision.Interpretation;

/// <summary>How often each class was taken for each other one.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    /// <summary>Takes counts over.</summary>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="counts">[classes, classes]: row = the true class, column = the class that was named.</param>
    /// <exception cref="ArgumentException">The table has another size.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classes, long[,] counts)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GetLength(0) != classes.Count || counts.GetLength(1) != classes.Count)
            throw new ArgumentException(
                $"expected a table of {classes.Count} x {classes.Count}, "
                + $"got {counts.GetLength(0)} x {counts.GetLength(1)}",
                nameof(counts));
        (Classes, _counts) = (classes, counts);
    }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>How many items of one class were named another.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The class that was named.</param>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>Items in all.</summary>
    public long Total => Cells().Sum(cell => cell.Count);

    /// <summary>The share of items named rightly; not a number without items.</summary>
    public double Accuracy =>
        (double)Cells().Where(cell => cell.Actual == cell.Predicted).Sum(cell => cell.Count) / Total;

    /// <summary>Counts pairs of classes.</summary>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="actual">True class of each item.</param>
    /// <param name="predicted">Named class of each item.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static ConfusionMatrix Of(
        IReadOnlyList<string> classes, IReadOnlyList<int> actual, IReadOnlyList<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(predicted);
        if (actual.Count != predicted.Count)
            throw new ArgumentException(
                $"got {actual.Count} true classes but {predicted.Count} named ones", nameof(predicted));
        var counts = new long[classes.Count, classes.Count];
        for (var i = 0; i < actual.Count; i++) counts[actual[i], predicted[i]]++;
        return new(classes, counts);
    }

    /// <summary>The commonest mistakes.</summary>
    /// <param name="most">How many to list at most.</param>
    /// <returns>Pairs of different classes that were confused at least once, the commonest first.</returns>
    public IReadOnlyList<Confusion> MostConfused(int most = 10) =>
    [
        .. Cells().Where(cell => cell.Actual != cell.Predicted && cell.Count > 0)
            .OrderByDescending(cell => cell.Count).ThenBy(cell => cell.Actual).ThenBy(cell => cell.Predicted)
            .Take(most).Select(cell => new Confusion(Classes[cell.Actual], Classes[cell.Predicted], cell.Count)),
    ];

    /// <summary>The table as colours, each row by its share of the row's sum.</summary>
    /// <param name="title">Heading.</param>
    /// <returns>A figure for a report.</returns>
    public Heatmap ToFigure(string title = "Confusion matrix")
    {
        var values = new double[Classes.Count, Classes.Count];
        foreach (var (actual, predicted, count) in Cells()) values[actual, predicted] = count;
        return new(title, Classes, Classes, values)
        {
            RowLabel = "truth",
            ColumnLabel = "prediction",
            ByRow = true,
            Diagonal = true,
            Format = "0",
        };
    }

    private IEnumerable<(int Actual, int Predicted, long Count)> Cells()
    {
        for (var actual = 0; actual < Classes.Count; actual++)
            for (var predicted = 0; predicted < Classes.Count; predicted++)
                yield return (actual, predicted, _counts[actual, predicted]);
    }
}
