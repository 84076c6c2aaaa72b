namespace DeepCourse.Text.Baselines;

/// <summary>A linear classifier for sparse rows: two classes by the logistic function, more by softmax, with a penalty on
/// the squared weights but not on the intercepts.</summary>
/// <remarks>It minimises what scikit-learn's <c>LogisticRegression</c> does, and so finds the same weights. The result
/// doesn't depend on the number of threads.</remarks>
public sealed class LogisticRegression
{
    private readonly double[] _parameters;
    private readonly int _depth;

    private LogisticRegression(double[] parameters, int width, int classes, NewtonSolver solver, double tolerance)
    {
        (_parameters, Width, Classes, _depth) = (parameters, width, classes, LogisticObjective.DepthOf(classes));
        (Steps, Remaining, IsConverged) = (solver.Steps, solver.Remaining, solver.Remaining <= tolerance);
    }

    /// <summary>The number of features.</summary>
    public int Width { get; }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The Newton steps that the fit took.</summary>
    public int Steps { get; }

    /// <summary>The length of the gradient at the end of the fit, as a share of that at its start.</summary>
    public double Remaining { get; }

    /// <summary>Whether <see cref="Remaining"/> is within the tolerance asked for.</summary>
    public bool IsConverged { get; }

    /// <summary>Fits the weights.</summary>
    /// <param name="rows">One row for each item.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the fit.</param>
    /// <exception cref="ArgumentException">Labels are missing, or all the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public static LogisticRegression Fit(
        SparseRows rows, IReadOnlyList<int> labels, int classes, LogisticRegressionOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.C, nameof(options));
        if (labels.Count != rows.Count) throw new ArgumentException($"expected {rows.Count} labels, one for each row; found {labels.Count}", nameof(labels));
        foreach (var label in labels) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)classes, nameof(labels));
        if (labels.Distinct().Count() < 2) throw new ArgumentException($"all {labels.Count} labels are the same: there is nothing to tell apart", nameof(labels));
        var solver = new NewtonSolver(new LogisticObjective(rows, labels, classes, options.C), rows.Count, options.Tolerance, options.MostSteps);
        return new(solver.Minimise(cancellation), rows.Width, classes, solver, options.Tolerance);
    }

    /// <summary>How much a feature speaks for a class. With two classes, what speaks for the one speaks against the
    /// other.</summary>
    /// <param name="label">The class.</param>
    /// <param name="feature">From 0 up to, but not including, <see cref="Width"/>.</param>
    public double Weight(int label, int feature)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes, nameof(label));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)feature, (uint)Width, nameof(feature));
        return OfClass(label, feature);
    }

    /// <summary>How much nothing at all speaks for a class.</summary>
    /// <param name="label">The class.</param>
    public double Intercept(int label)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes, nameof(label));
        return OfClass(label, Width);
    }

    /// <summary>The features that speak most for a class.</summary>
    /// <param name="label">The class.</param>
    /// <param name="count">How many.</param>
    /// <returns>Features and their weights, the strongest first.</returns>
    public IReadOnlyList<(int Feature, double Weight)> Strongest(int label, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes, nameof(label));
        var strongest = new PriorityQueue<int, double>();
        for (var feature = 0; feature < Width; feature++)
        {
            strongest.Enqueue(feature, OfClass(label, feature));
            if (strongest.Count > count) strongest.Dequeue();
        }
        return [.. strongest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element).Select(item => (item.Element, item.Priority))];
    }

    /// <summary>The probability of every class.</summary>
    /// <param name="rows">As wide as those that it was fitted to.</param>
    /// <returns>[rows, classes].</returns>
    public double[,] Probabilities(SparseRows rows)
    {
        var scores = Scores(rows);
        LogisticObjective.Probabilities(scores, _depth);
        var probabilities = new double[rows.Count, Classes];
        for (var row = 0; row < rows.Count; row++)
        {
            if (_depth == 1) (probabilities[row, 0], probabilities[row, 1]) = (1 - scores[row], scores[row]);
            else for (var k = 0; k < Classes; k++) probabilities[row, k] = scores[(row * Classes) + k];
        }
        return probabilities;
    }

    /// <summary>The most probable class of every row.</summary>
    /// <param name="rows">As wide as those that it was fitted to.</param>
    public int[] Predict(SparseRows rows)
    {
        var scores = Scores(rows);
        var answers = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            if (_depth == 1)
            {
                answers[row] = scores[row] > 0 ? 1 : 0;
                continue;
            }
            var own = scores.AsSpan(row * Classes, Classes);
            for (var k = 1; k < Classes; k++) if (own[k] > own[answers[row]]) answers[row] = k;
        }
        return answers;
    }

    private double[] Scores(SparseRows rows)
    {
        if (rows.Width != Width) throw new ArgumentException($"expected rows of {Width} columns, as in the fit; found {rows.Width}", nameof(rows));
        var scores = new double[rows.Count * _depth];
        LogisticObjective.Scores(rows, _parameters, scores, _depth);
        return scores;
    }

    private double OfClass(int label, int feature) =>
        _depth > 1 ? _parameters[(feature * _depth) + label] : label == 1 ? _parameters[feature] : -_parameters[feature];
}
