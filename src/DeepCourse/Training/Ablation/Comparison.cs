namespace DeepCourse.Training.Ablation;

/// <summary>A changed recipe against the one that it changes, in one metric, seed by seed.</summary>
/// <param name="Trial">The changed recipe.</param>
/// <param name="Against">What it is compared with.</param>
/// <param name="Seeds">The seeds that both have been run with.</param>
/// <param name="Differences">The changed recipe's value less the other's, for each of the seeds.</param>
/// <param name="Confidence">The share of intervals that hold the truth, such as 0.95.</param>
/// <remarks>The test is Student's for pairs (Student 1908). It takes the differences as drawn from a normal distribution,
/// which a handful of seeds can't disprove.</remarks>
public sealed record Comparison(
    string Trial, string Against, IReadOnlyList<int> Seeds, IReadOnlyList<double> Differences, double Confidence)
{
    private const int MostSeeds = 1000;

    private Spread Spread => new(Differences);

    /// <summary>The mean difference.</summary>
    public double Mean => Spread.Mean;

    /// <summary>The standard deviation of the differences.</summary>
    public double StandardDeviation => Spread.StandardDeviation;

    /// <summary>Half the length of the confidence interval around <see cref="Mean"/>; not a number below two seeds.</summary>
    public double Margin => Differences.Count < 2
        ? double.NaN
        : StudentT.Quantile((1 + Confidence) / 2, Differences.Count - 1) * StandardDeviation / Math.Sqrt(Differences.Count);

    /// <summary>The lower end of the confidence interval, for this comparison alone.</summary>
    public double Low => Mean - Margin;

    /// <summary>The upper end of the confidence interval, for this comparison alone.</summary>
    public double High => Mean + Margin;

    /// <summary>How often chance alone would give a mean difference of this size or more; not a number below two seeds.</summary>
    public double PValue => Differences.Count < 2 ? double.NaN
        : Mean == 0 ? 1
        : StudentT.TwoSided(Mean / (StandardDeviation / Math.Sqrt(Differences.Count)), Differences.Count - 1);

    /// <summary><see cref="PValue"/> after Holm's correction (1979) for all comparisons of the study in this metric: of so
    /// many, one is soon large by chance.</summary>
    public double AdjustedPValue { get; init; }

    /// <summary>The verdict, by <see cref="AdjustedPValue"/> and <see cref="Confidence"/>.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>How many seeds would show a difference of this mean and spread in four studies of five, all comparisons of
    /// the study being judged together; null where a thousand wouldn't, or where nothing is known of the spread.</summary>
    /// <remarks>A rough figure: the spread of three differences is known to a factor of two at best. It takes the quantiles
    /// of Student's distribution for those of the shifted one, which is close from about five seeds on.</remarks>
    public int? SeedsNeeded { get; init; }

    /// <summary>Adds to comparisons of one metric what depends on all of them.</summary>
    internal static IReadOnlyList<Comparison> Judge(IReadOnlyList<Comparison> comparisons, bool higherIsBetter)
    {
        var adjusted = Holm.Adjust([.. comparisons.Select(comparison => comparison.PValue)]);
        var tests = adjusted.Count(value => !double.IsNaN(value));
        return [.. comparisons.Select((comparison, i) => comparison with
        {
            AdjustedPValue = adjusted[i],
            Verdict = double.IsNaN(adjusted[i]) ? Verdict.Open
                : adjusted[i] >= 1 - comparison.Confidence ? Verdict.Noise
                : comparison.Mean > 0 == higherIsBetter ? Verdict.Better : Verdict.Worse,
            SeedsNeeded = comparison.Needed((1 - comparison.Confidence) / Math.Max(1, tests)),
        })];
    }

    // The smallest n whose expected t lies beyond the quantile for the level by that of the power.
    private int? Needed(double level, double power = 0.8)
    {
        var effect = Math.Abs(Mean) / StandardDeviation;
        if (double.IsNaN(effect) || !Suffices(MostSeeds)) return null;
        int low = 1, high = MostSeeds;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Suffices(middle)) high = middle;
            else low = middle;
        }
        return high;

        bool Suffices(int count) =>
            effect * Math.Sqrt(count) >= StudentT.Quantile(1 - (level / 2), count - 1) + StudentT.Quantile(power, count - 1);
    }
}
