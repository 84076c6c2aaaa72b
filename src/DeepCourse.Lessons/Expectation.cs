using System.Globalization;

namespace DeepCourse.Lessons;

/// <summary>A bar for one metric, as written after <c>--expect</c>: <c>class_accuracy>=0.75</c>.</summary>
/// <param name="Metric">Name in metrics.json.</param>
/// <param name="Comparison">&gt;=, &lt;=, &gt; or &lt;.</param>
/// <param name="Bar">The number to compare with.</param>
public sealed record Expectation(string Metric, string Comparison, double Bar)
{
    private static readonly string[] Comparisons = [">=", "<=", ">", "<"];

    /// <summary>Reads a bar.</summary>
    /// <param name="text">METRIC, comparison and number without spaces, or with.</param>
    /// <returns>The bar.</returns>
    /// <exception cref="UsageException">The text is none.</exception>
    public static Expectation Parse(string text)
    {
        foreach (var comparison in Comparisons)
        {
            var at = text.IndexOf(comparison, StringComparison.Ordinal);
            if (at <= 0) continue;
            var (metric, number) = (text[..at].Trim(), text[(at + comparison.Length)..].Trim());
            if (metric.Length > 0 && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var bar) && double.IsFinite(bar))
                return new Expectation(metric, comparison, bar);
        }
        throw new UsageException($"--expect takes METRIC>=NUMBER (or <=, >, <) in quotes, such as 'class_accuracy>=0.75'; actual '{text}'");
    }

    /// <summary>Compares; a metric that is missing or not a number fails.</summary>
    /// <param name="metrics">All metrics of the run.</param>
    /// <returns>Null when the bar is reached, else what was expected and what came out.</returns>
    public string? Check(IReadOnlyDictionary<string, double> metrics)
    {
        if (!metrics.TryGetValue(Metric, out var value)) return $"expected {this}, but the run has no such metric (it has: {string.Join(", ", metrics.Keys)})";
        var reached = Comparison switch { ">=" => value >= Bar, "<=" => value <= Bar, ">" => value > Bar, _ => value < Bar };
        return reached ? null : $"expected {this}, actual {value.ToString("0.####", CultureInfo.InvariantCulture)}";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Metric}{Comparison}{Bar.ToString(CultureInfo.InvariantCulture)}";
}
