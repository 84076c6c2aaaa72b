namespace DeepCourse.Benchmarks;

/// <summary>Figures of two programs measured in turn: a pair at a time, so that both meet the same machine.</summary>
internal sealed class Comparison(string name, string unit, bool lowerIsBetter = true)
{
    private readonly List<(double Ours, double Theirs)> _pairs = [];

    internal string Name { get; } = name;

    internal string Unit { get; } = unit;

    internal double Ours => Median(_pairs.Select(pair => pair.Ours));

    internal double Theirs => Median(_pairs.Select(pair => pair.Theirs));

    /// <summary>Cost of ours over cost of theirs, the median over the pairs; under 1 is faster.</summary>
    internal double Ratio => Median(Ratios);

    internal double LowestRatio => Ratios.Min();

    internal double HighestRatio => Ratios.Max();

    private IEnumerable<double> Ratios => _pairs.Select(pair => lowerIsBetter ? pair.Ours / pair.Theirs : pair.Theirs / pair.Ours);

    internal void Add(double ours, double theirs) => _pairs.Add((ours, theirs));

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
