using DeepCourse.Reporting;

namespace DeepCourse.Benchmarks;

/// <summary>The page with all benchmarks: ratios as intervals, figures as a table, what was left out and why.</summary>
internal static class BenchmarkPage
{
    internal static string Of(
        IReadOnlyList<(string Bench, string Peer, Comparison Row)> rows,
        IReadOnlyList<(string Bench, string Reason)> skipped,
        double seconds)
    {
        var barred = rows.Where(row => row.Row.Bar is not null).ToList();
        var held = barred.Count(row => !row.Row.MissesBar);
        var page = new HtmlReport("Benchmarks")
        {
            Kicker = "DeepCourse",
            Summary = $"{held} of {barred.Count} bars held. Each row was measured here and in its peer by turns, on the same machine in the same minutes, " +
                "with the same number of threads and, where the peer is PyTorch, on the same libtorch. **A ratio under 1 means that ours costs less.**",
            Footer = "Made by `./course bench`; the same numbers, pair by pair, are in `benchmarks.json` beside this page.",
        };
        foreach (var (name, value) in Machine.Facts()) page.Fact(name, value);
        page.Fact("took", $"{seconds:0} s");
        page.Section("Ratios", "The dot is the median over the pairs of runs, the line goes from the lowest to the highest, small dots are the pairs.");
        foreach (var bench in rows.GroupBy(row => (row.Bench, row.Peer)))
        {
            page.Figure(new IntervalChart($"{bench.Key.Bench}, beside {bench.Key.Peer}", [.. bench.Select(row => IntervalOf(row.Row))])
            {
                Reference = 1,
                Limit = 1,
                Format = "0.000",
            });
        }
        page.Section("Figures").Figure(Figures(rows));
        if (skipped.Count > 0)
        {
            page.Section("Not measured").Figure(new Table("", ["what", "why"],
                [.. skipped.Select(skip => (IReadOnlyList<string>)[skip.Bench, skip.Reason])]));
        }
        return page.ToHtml();
    }

    private static Interval IntervalOf(Comparison row) => new(row.What, row.Ratio, row.LowestRatio, row.HighestRatio)
    {
        Points = [.. row.Ratios],
        Note = row.Bar is { } bar ? FormattableString.Invariant($"(bar {bar:0.00})") : null,
        Tone = row.Bar is null ? Tone.Neutral : row.MissesBar ? Tone.Bad : Tone.Good,
    };

    private static Table Figures(IReadOnlyList<(string Bench, string Peer, Comparison Row)> rows) => new(
        "", ["what", "ours", "peer's", "ratio", "lowest", "highest", "bar", "unit", "peer"],
        [
            .. rows.Select(row => (IReadOnlyList<string>)
            [
                row.Row.What, NumberText.Of(row.Row.Ours), NumberText.Of(row.Row.Theirs),
                NumberText.Of(row.Row.Ratio, "0.000"), NumberText.Of(row.Row.LowestRatio, "0.000"),
                NumberText.Of(row.Row.HighestRatio, "0.000"), row.Row.Bar is { } bar ? NumberText.Of(bar, "0.00") : "–",
                row.Row.Unit, row.Peer,
            ]),
        ]);
}
