using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepCourse.Benchmarks;

/// <summary>Gathers what was measured and what could not be: one table on the console, one JSON file, one page.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    private static readonly List<(string Bench, string Peer, Comparison Row)> rows = [];

    private static readonly List<(string Bench, string Reason)> skipped = [];

    internal static IReadOnlyList<(string Bench, string Peer, Comparison Row)> Rows => rows;

    internal static IReadOnlyList<(string Bench, string Reason)> Skipped => skipped;

    /// <summary>Notes that something was not measured, and why.</summary>
    internal static void Skip(string bench, string reason)
    {
        skipped.Add((bench, reason));
        Console.WriteLine($"{bench}: skipped: {reason}");
    }

    /// <summary>Notes a row, and shows it at once: the others take minutes.</summary>
    internal static void Add(string bench, string peer, Comparison row)
    {
        rows.Add((bench, peer, row));
        Console.WriteLine(FormattableString.Invariant(
            $"{bench,-12} {row.What}: {row.Ours:0.00} and {row.Theirs:0.00} {row.Unit}, ratio {row.Ratio:0.000}"));
    }

    /// <summary>Prints the table and writes the files.</summary>
    /// <param name="name">The bench that was asked for; <c>all</c> for all of them.</param>
    /// <param name="seconds">How long it took.</param>
    /// <param name="runs">The folder of all runs.</param>
    /// <param name="page">Where the page goes besides the run's folder; null for nowhere.</param>
    internal static void Write(string name, double seconds, string runs, string? page)
    {
        if (rows.Count == 0) return;
        Print();
        var folder = Lessons.RunFolder.Create(runs, name == "all" ? "bench" : $"bench-{name}", TimeProvider.System.GetUtcNow());
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (_, peer, row) in rows)
        {
            metrics[$"{row.Name}_ratio"] = row.Ratio;
            metrics[$"{row.Name}_ours"] = row.Ours;
            metrics[$"{row.Name}_{peer.Replace(' ', '_').ToLowerInvariant()}"] = row.Theirs;
        }
        folder.WriteMetrics(metrics);
        var json = Json(seconds).ToJsonString(indented) + "\n";
        var html = BenchmarkPage.Of(rows, skipped, seconds);
        folder.Write("benchmarks.json", json);
        folder.Write("report.html", html);
        if (page is not null)
        {
            File.WriteAllText(page, html);
            File.WriteAllText(Path.ChangeExtension(page, ".json"), json);
        }
        Console.WriteLine($"{seconds:0} s; files: {folder.Path}{(page is null ? "" : $", {page}")}");
    }

    private static void Print()
    {
        var width = rows.Max(row => row.Row.What.Length);
        Console.WriteLine();
        Console.WriteLine($"{"what".PadRight(width)}  {"ours",10} {"peer",10}  {"ratio",6}  {"spread",-13} {"bar",5}  unit");
        foreach (var (_, peer, row) in rows)
        {
            var verdict = row.MissesBar ? " MISSED" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row.What.PadRight(width)}  {row.Ours,10:0.00} {row.Theirs,10:0.00}  {row.Ratio,6:0.000}  {$"{row.LowestRatio:0.000}-{row.HighestRatio:0.000}",-13} {row.Bar,5:0.00}  {row.Unit}, {peer}{verdict}"));
        }
        foreach (var (bench, reason) in skipped) Console.WriteLine($"skipped: {bench}: {reason}");
    }

    private static JsonObject Json(double seconds) => new()
    {
        ["machine"] = new JsonObject([.. Machine.Facts().Select(fact => KeyValuePair.Create<string, JsonNode?>(fact.Name, fact.Value))]),
        ["seconds"] = Math.Round(seconds, 1),
        ["rows"] = new JsonArray([.. rows.Select(row => Json(row.Bench, row.Peer, row.Row))]),
        ["skipped"] = new JsonArray([.. skipped.Select(skip => new JsonObject { ["bench"] = skip.Bench, ["reason"] = skip.Reason })]),
    };

    private static JsonObject Json(string bench, string peer, Comparison row) => new JsonObject
    {
        ["bench"] = bench,
        ["name"] = row.Name,
        ["what"] = row.What,
        ["unit"] = row.Unit,
        ["peer"] = peer,
        ["ours"] = Round(row.Ours),
        ["theirs"] = Round(row.Theirs),
        ["ratio"] = Round(row.Ratio),
        ["lowest_ratio"] = Round(row.LowestRatio),
        ["highest_ratio"] = Round(row.HighestRatio),
        ["bar"] = row.Bar,
        ["pairs"] = new JsonArray([.. row.Pairs.Select(pair => new JsonArray(Round(pair.Ours), Round(pair.Theirs)))]),
    };

    private static double Round(double value) => Math.Round(value, 4);
}
