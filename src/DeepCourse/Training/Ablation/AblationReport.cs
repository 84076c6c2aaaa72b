using System.Text;
using DeepCourse.Reporting;

namespace DeepCourse.Training.Ablation;

/// <summary>Shows a study: tables and figures for a report, and Markdown for a page.</summary>
public static class AblationReport
{
    /// <summary>Means and spreads, and differences with confidence interval and verdict.</summary>
    /// <param name="results">The study.</param>
    /// <param name="metric">The name of one of its metrics.</param>
    public static Table Table(this AblationResults results, string metric)
    {
        var shown = results.Metric(metric);
        return new(shown.Title, Columns(shown), Rows(results, shown))
        {
            Caption = "± is the standard deviation over seeds, with the lowest and the highest value. A difference is the mean over pairs of runs with the same seed, with its 95% confidence interval. "
                + "p is corrected for the number of comparisons (Holm); from 0.05 on the verdict is noise. The last column is how many seeds would show such a difference in four studies of five.",
        };
    }

    /// <summary>Every difference as a dot with its confidence interval, and a small dot for each seed.</summary>
    /// <param name="results">The study.</param>
    /// <param name="metric">The name of one of its metrics.</param>
    public static IntervalChart Figure(this AblationResults results, string metric)
    {
        var shown = results.Metric(metric);
        var comparisons = results.Compare(metric);
        return new($"{shown.Title}: difference by change", [.. comparisons.Select(comparison => new Interval(Name(results, comparison), comparison.Mean, comparison.Low, comparison.High)
        {
            Points = comparison.Differences,
            Note = Word(comparison.Verdict),
            Tone = comparison.Verdict switch { Verdict.Better => Tone.Good, Verdict.Worse => Tone.Bad, _ => Tone.Neutral },
        })])
        {
            Format = Signed(shown.Format),
            Limit = Limit(comparisons),
            Caption = "Large dots are means over seeds, small ones single seeds, lines 95% confidence intervals. The verdict is corrected for the number of comparisons, the interval is not.",
        };
    }

    /// <summary>Adds to a report the figure and the table of every metric that was measured.</summary>
    /// <param name="report">The report.</param>
    /// <param name="results">The study.</param>
    /// <returns>The report.</returns>
    public static ReportBody Ablation(this ReportBody report, AblationResults results)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var metric in results.Metrics.Where(metric => results.Lines.Any(line => line.Values.ContainsKey(metric.Name))))
        {
            if (results.Compare(metric.Name).Count > 0) report.Figure(results.Figure(metric.Name));
            report.Figure(results.Table(metric.Name));
        }
        foreach (var failure in results.Failures) report.Text($"**Failed:** {failure.Trial}, seed {failure.Seed}: {failure.Cause.Message}");
        return report;
    }

    /// <summary>The table of <see cref="Table"/> as Markdown.</summary>
    /// <param name="results">The study.</param>
    /// <param name="metric">The name of one of its metrics.</param>
    /// <returns>Lines that end in a line feed.</returns>
    public static string ToMarkdown(this AblationResults results, string metric)
    {
        var shown = results.Metric(metric);
        var text = new StringBuilder();
        var columns = Columns(shown);
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
        foreach (var row in Rows(results, shown)) Row(row);
        return text.ToString();

        void Row(IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }

    private static string[] Columns(AblationMetric metric) => ["recipe", "seeds", metric.Title, "difference", "95% interval", "p", "verdict", "seeds needed"];

    private static List<IReadOnlyList<string>> Rows(AblationResults results, AblationMetric metric)
    {
        var comparisons = results.Compare(metric.Name).ToDictionary(comparison => comparison.Trial);
        var signed = Signed(metric.Format);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var trial in results.Trials)
        {
            var spread = results.Of(trial, metric.Name);
            if (spread.Count == 0) continue;
            string[] difference = comparisons.TryGetValue(trial, out var comparison)
                ?
                [
                    NumberText.Of(comparison.Mean, signed),
                    comparison.Differences.Count < 2 ? "–" : $"{NumberText.Of(comparison.Low, signed)} to {NumberText.Of(comparison.High, signed)}",
                    Probability(comparison.AdjustedPValue),
                    Word(comparison.Verdict),
                    comparison.SeedsNeeded?.ToString() ?? (comparison.Differences.Count < 2 ? "–" : "over 1,000"),
                ]
                : ["–", "–", "–", "–", "–"];
            rows.Add([comparison is null ? trial : Name(results, comparison), $"{spread.Count}", Text(spread, metric.Format), .. difference]);
        }
        return rows;
    }

    // Whatever is not compared with the base says so.
    private static string Name(AblationResults results, Comparison comparison) =>
        comparison.Against == results.Trials[0] ? comparison.Trial : $"{comparison.Trial} (against {comparison.Against})";

    private static string Text(Spread spread, string format)
    {
        var mean = NumberText.Of(spread.Mean, format);
        return spread.Count < 2 ? mean
            : $"{mean} ± {NumberText.Of(spread.StandardDeviation, format)} ({NumberText.Of(spread.Low, format)} to {NumberText.Of(spread.High, format)})";
    }

    private static string Probability(double value) => double.IsNaN(value) ? "–" : value < 0.001 ? "under 0.001" : NumberText.Of(value, "0.000");

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Better => "better",
        Verdict.Worse => "worse",
        Verdict.Noise => "noise",
        _ => "one seed",
    };

    private static string Signed(string format) => $"+{format};−{format};{format}";

    // One switch that breaks everything would press all others into a point: it leaves the chart instead.
    private static double? Limit(IReadOnlyList<Comparison> comparisons)
    {
        double[] reaches = [.. comparisons.Select(Reach).Where(double.IsFinite).Order()];
        if (reaches.Length < 3) return null;
        var usual = reaches[(reaches.Length - 1) / 2];
        return reaches[^1] > 4 * usual && usual > 0 ? 2.5 * usual : null;

        static double Reach(Comparison comparison) => comparison.Differences.Count < 2
            ? Math.Abs(comparison.Mean)
            : Math.Max(Math.Abs(comparison.Low), Math.Abs(comparison.High));
    }
}
