namespace DeepCourse.Reporting;

/// <summary>A named row of points in a chart.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="X">Horizontal positions.</param>
/// <param name="Y">Values, as many as positions; NaN leaves a gap.</param>
public sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>A series over the positions 1, 2, 3 ...</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="values">Values; NaN leaves a gap.</param>
    /// <returns>The series.</returns>
    public static Series Of(string name, IEnumerable<double> values)
    {
        double[] y = [.. values];
        return new Series(name, [.. Enumerable.Range(1, y.Length).Select(i => (double)i)], y);
    }

    /// <summary>Marks every point with a dot: for a handful of points, such as epochs.</summary>
    public bool Dots { get; init; }

    internal IEnumerable<(double X, double Y)> Points => Enumerable.Range(0, Math.Min(X.Count, Y.Count)).Select(i => (X[i], Y[i]));

    internal IEnumerable<(double X, double Y)> FinitePoints => Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y));

    /// <summary>Exponential moving average, corrected for its start (Kingma and Ba 2015, section 3), so the first values aren't pulled to zero.</summary>
    /// <param name="strength">0 leaves the series as it is; towards 1 is smoother.</param>
    /// <returns>A new series with the same positions.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="strength"/> is not in [0, 1).</exception>
    public Series Smooth(double strength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(strength);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(strength, 1);
        var smoothed = new double[Y.Count];
        double average = 0, weight = 0;
        for (var i = 0; i < smoothed.Length; i++)
        {
            if (!double.IsFinite(Y[i]))
            {
                smoothed[i] = double.NaN;
                continue;
            }
            average = (strength * average) + ((1 - strength) * Y[i]);
            weight = (strength * weight) + (1 - strength);
            smoothed[i] = average / weight;
        }
        return this with { Y = smoothed };
    }
}
