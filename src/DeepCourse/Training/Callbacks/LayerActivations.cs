namespace DeepCourse.Training.Callbacks;

/// <summary>What one layer gave, batch by batch.</summary>
/// <param name="name">The layer's place in the model.</param>
public sealed class LayerActivations(string name)
{
    private readonly List<double> _means = [];
    private readonly List<double> _deviations = [];
    private readonly List<double[]> _histograms = [];

    /// <summary>The layer's place in the model.</summary>
    public string Name { get; } = name;

    /// <summary>The mean of the outputs, batch by batch.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>The standard deviation of the outputs, batch by batch.</summary>
    public IReadOnlyList<double> Deviations => _deviations;

    /// <summary>How many absolute values fell into each of <see cref="ActivationStatistics.Bins"/> cells, batch by
    /// batch.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Histograms => _histograms;

    /// <summary>The share of values in the lowest cell, next to 0, batch by batch.</summary>
    public IReadOnlyList<double> DeadShares => [.. _histograms.Select(counts => counts[0] / Math.Max(1, counts.Sum()))];

    internal void Add(double[] numbers)
    {
        _means.Add(numbers[0]);
        _deviations.Add(numbers[1]);
        _histograms.Add(numbers[2..]);
    }
}
