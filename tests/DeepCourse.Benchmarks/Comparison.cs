namespace DeepCourse.Benchmarks;

/// <summary>Figures of two programs measured in turn: a pair at a time, so that both meet the same machine.</summary>
internal sealed class Comparison(string name, string unit, bool lowerIsBetter = true)
{
    private readonly List<(double Ours, double Theirs)> _pairs = [];

    /// <summary>What files call it.</summary>
    internal string Name { get; } = name;

    internal string Unit { get; } = unit;

    /// <summary>What people call it.</summary>
    internal string What { get; init; } = name;

    /// <summary>The ratio not to exceed; null where there is none.</summary>
    internal double? Bar { get; init; }

    internal double Ours => Median(_pairs.Select(pair => pair.Ours));

    internal double Theirs => Median(_pairs.Select(pair => pair.Theirs));

    /// <summary>Cost of ours over cost of theirs, the median over the pairs; under 1 is faster.</summary>
    internal double Ratio => Median(Ratios);

    internal double LowestRatio => Ratios.Min();

    internal double HighestRatio => Ratios.Max();

    internal bool MissesBar => Ratio > Bar;

    internal IEnumerable<double> Ratios => _pairs.Select(pair => lowerIsBetter ? pair.Ours / pair.Theirs : pair.Theirs / pair.Ours);

    internal IReadOnlyList<(double Ours, double Theirs)> Pairs => _pairs;

    internal void Add(double ours, double theirs) => _pairs.Add((ours, theirs));

    /// <summary>Measures pairs, ours first in one and second in the next: what goes before warms or tires the
    /// machine.</summary>
    internal Comparison Measure(int pairs, Func<double> ours, Func<double> theirs)
    {
        for (var pair = 0; pair < pairs; pair++)
        {
            if (pair % 2 == 0)
            {
                var first = ours();
                Add(first, theirs());
            }
            else
            {
                var first = theirs();
                Add(ours(), first);
            }
        }
        return this;
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
