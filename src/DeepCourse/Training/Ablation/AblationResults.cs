namespace DeepCourse.Training.Ablation;

/// <summary>What a study has measured, and what can be said of it.</summary>
public sealed class AblationResults
{
    private readonly IReadOnlyList<(string Name, string? Against)> _trials;

    internal AblationResults(
        string name, IReadOnlyList<(string Name, string? Against)> trials, IReadOnlyList<AblationMetric> metrics, IReadOnlyList<AblationLine> lines) =>
        (Name, _trials, Metrics, Lines) = (name, trials, metrics, lines);

    /// <summary>The study's name.</summary>
    public string Name { get; }

    /// <summary>The recipes' names, the base first.</summary>
    public IReadOnlyList<string> Trials => [.. _trials.Select(trial => trial.Name)];

    /// <summary>What the runs measured.</summary>
    public IReadOnlyList<AblationMetric> Metrics { get; }

    /// <summary>Every run, in the order in which they ended.</summary>
    public IReadOnlyList<AblationLine> Lines { get; }

    /// <summary>The runs of this call that gave no numbers.</summary>
    public IReadOnlyList<AblationFailure> Failures { get; init; } = [];

    /// <summary>The values of one recipe in one metric, in the order of the seeds.</summary>
    /// <param name="trial">One of <see cref="Trials"/>.</param>
    /// <param name="metric">The name of one of <see cref="Metrics"/>.</param>
    public Spread Of(string trial, string metric) => new([.. Values(trial, metric).OrderBy(pair => pair.Key).Select(pair => pair.Value)]);

    /// <summary>How long the runs of one recipe took, in seconds.</summary>
    /// <param name="trial">One of <see cref="Trials"/>.</param>
    public Spread Seconds(string trial) => new([.. Lines.Where(line => line.Trial == trial).OrderBy(line => line.Seed).Select(line => line.Seconds)]);

    /// <summary>Compares every recipe with the one that it changes.</summary>
    /// <param name="metric">The name of one of <see cref="Metrics"/>.</param>
    /// <param name="confidence">The share of confidence intervals that hold the truth; 1 less it is the chance of calling
    /// any noise a difference.</param>
    /// <returns>One comparison for each recipe but the base, where both have been run with a common seed and measured this
    /// metric.</returns>
    public IReadOnlyList<Comparison> Compare(string metric, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var higherIsBetter = Metric(metric).HigherIsBetter;
        var comparisons = new List<Comparison>();
        foreach (var (name, against) in _trials)
        {
            if (against is null) continue;
            var (values, others) = (Values(name, metric), Values(against, metric));
            int[] seeds = [.. values.Keys.Intersect(others.Keys).Order()];
            if (seeds.Length > 0) comparisons.Add(new(name, against, seeds, [.. seeds.Select(seed => values[seed] - others[seed])], confidence));
        }
        return Comparison.Judge(comparisons, higherIsBetter);
    }

    internal AblationMetric Metric(string name) => Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw new ArgumentException($"the study '{Name}' has no metric '{name}', only {TrialList.Quoted(Metrics.Select(metric => metric.Name))}", nameof(name));

    private Dictionary<int, double> Values(string trial, string metric)
    {
        Metric(metric);
        if (!_trials.Any(each => each.Name == trial))
            throw new ArgumentException($"the study '{Name}' has no recipe '{trial}', only {TrialList.Quoted(Trials)}", nameof(trial));
        return Lines.Where(line => line.Trial == trial && line.Values.ContainsKey(metric)).ToDictionary(line => line.Seed, line => line.Values[metric]);
    }
}
