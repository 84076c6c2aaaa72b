using System.Diagnostics;
using DeepCourse.Data;

namespace DeepCourse.Benchmarks;

/// <summary>JPEG files to batches of small pictures: our loader beside torchvision's with PIL, same number of workers.</summary>
internal static class LoaderBenchmark
{
    private const int Size = 224;
    private const int BatchSize = 32;

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("loader.py", out var reason);
        if (peer is null)
        {
            Report.Skip("loader", reason);
            yield break;
        }
        var folder = Pictures.Folder();
        var paths = Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToArray();
        var workers = Environment.ProcessorCount;
        peer.Ask($"prepare {folder} {Size} {BatchSize} {workers}");
        var loader = Pictures.Load(paths, Size, BatchSize, workers);
        ReadAll(loader, 0);
        var comparison = new Comparison("loader", "images a second", lowerIsBetter: false);
        for (var pair = 0; pair < pairs; pair++)
        {
            var start = Stopwatch.GetTimestamp();
            var count = ReadAll(loader, pair + 1);
            comparison.Add(count / Stopwatch.GetElapsedTime(start).TotalSeconds, peer.Measure("run 1"));
        }
        yield return comparison;
    }

    private static int ReadAll<TX, TY>(ILoader<TX, TY> loader, int epoch)
    {
        var count = 0;
        using var batches = loader.Batches(epoch).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!batches.MoveNext()) return count;
            count += batches.Current.Size;
        }
    }
}
