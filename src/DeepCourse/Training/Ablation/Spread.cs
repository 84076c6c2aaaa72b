namespace DeepCourse.Training.Ablation;

/// <summary>The values of one metric, one for each seed, and how far they lie apart.</summary>
/// <param name="Values">The values, in the order of the seeds.</param>
public sealed record Spread(IReadOnlyList<double> Values)
{
    /// <summary>How many values there are.</summary>
    public int Count => Values.Count;

    /// <summary>Their mean; not a number where there is none.</summary>
    public double Mean => Values.Count == 0 ? double.NaN : Values.Average();

    /// <summary>The standard deviation of the population that they are drawn from (divided by the count less one); not a
    /// number below two values.</summary>
    public double StandardDeviation
    {
        get
        {
            if (Values.Count < 2) return double.NaN;
            var mean = Mean;
            return Math.Sqrt(Values.Sum(value => (value - mean) * (value - mean)) / (Values.Count - 1));
        }
    }

    /// <summary>The smallest; not a number where there is none.</summary>
    public double Low => Values.Count == 0 ? double.NaN : Values.Min();

    /// <summary>The largest; not a number where there is none.</summary>
    public double High => Values.Count == 0 ? double.NaN : Values.Max();
}
