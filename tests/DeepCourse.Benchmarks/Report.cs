using System.Globalization;
using System.Text.Json;

namespace DeepCourse.Benchmarks;

/// <summary>Prints comparisons and keeps them as runs/bench-NAME/STAMP/metrics.json.</summary>
internal static class Report
{
    internal static void Skip(string name, string reason) => Console.WriteLine($"{name}: skipped: {reason}");

    internal static void Write(string bench, string peer, IReadOnlyList<Comparison> comparisons, string runs)
    {
        Console.WriteLine($"{"what",-20} {"ours",12} {peer,12} {"ratio",7}   spread        unit");
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in comparisons)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row.Name,-20} {row.Ours,12:0.00} {row.Theirs,12:0.00} {row.Ratio,7:0.000}   {row.LowestRatio:0.000}-{row.HighestRatio:0.000}   {row.Unit}"));
            metrics[$"{row.Name}_ratio"] = row.Ratio;
            metrics[$"{row.Name}_ours"] = row.Ours;
            metrics[$"{row.Name}_{peer.Replace(' ', '_').ToLowerInvariant()}"] = row.Theirs;
        }
        if (comparisons.Count == 0) return;
        var folder = Lessons.RunFolder.Create(runs, $"bench-{bench}", TimeProvider.System.GetUtcNow());
        folder.WriteMetrics(metrics);
        Console.WriteLine($"metrics: {folder.File("metrics.json")}");
    }
}
