namespace DeepCourse.Training;

/// <summary>What a validation found.</summary>
/// <param name="Loss">The mean over the items; not a number without any.</param>
/// <param name="Metrics">The metrics in their order.</param>
public sealed record Validation(double Loss, IReadOnlyList<NamedValue> Metrics)
{
    /// <summary>A metric by its name; not a number where there is none.</summary>
    /// <param name="name">As the metric calls itself.</param>
    public double Value(string name)
    {
        foreach (var metric in Metrics)
        {
            if (metric.Name == name) return metric.Value;
        }
        return double.NaN;
    }
}
