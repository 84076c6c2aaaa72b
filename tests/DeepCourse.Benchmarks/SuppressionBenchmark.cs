using System.Runtime.InteropServices;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Benchmarks;

/// <summary>Non-maximum suppression beside torchvision's operator, on the same boxes, which both have to keep alike.</summary>
internal static class SuppressionBenchmark
{
    private const double Overlap = 0.5;

    // More than the peer's: ours are over before the clock of the processor has moved much.
    private const int OurRuns = 50;

    private static readonly (string Kind, int Count, bool ByClass, int Runs)[] cases =
    [
        ("scattered", 1_000, false, 20), ("scattered", 10_000, false, 3), ("scattered", 50_000, false, 1),
        ("crowded", 1_000, false, 20), ("crowded", 10_000, false, 10), ("crowded", 50_000, false, 3),
        ("crowded", 10_000, true, 10),
    ];

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("nms.py", out var reason);
        if (peer is null)
        {
            Report.Skip("nms", reason);
            yield break;
        }
        // Both loops are of one thread; a second one would only make torchvision's sort wait where cores are busy.
        set_num_threads(1);
        var folder = Directory.CreateTempSubdirectory("nms").FullName;
        foreach (var (kind, count, byClass, runs) in cases)
        {
            using var scope = NewDisposeScope();
            var path = Path.Combine(folder, $"{kind}{count}");
            peer.Ask($"prepare {kind} {count} {(byClass ? "classes" : "alike")} {path} 1");
            var boxes = tensor(Read<float>($"{path}.boxes"), [count, 4]);
            var (scores, classes) = (tensor(Read<float>($"{path}.scores")), tensor(Read<long>($"{path}.classes")));
            var name = $"{count / 1000}k {kind}{(byClass ? " by class" : "")}";
            var kept = Suppress().data<long>().ToArray();
            if (!kept.AsSpan().SequenceEqual(Read<long>($"{path}.kept")))
                throw new InvalidOperationException($"{name}: torchvision keeps other boxes");
            // Tiered compilation settles before anything counts.
            for (var i = 0; i < 30; i++) Suppress();
            var comparison = new Comparison(name, "ms of CPU") { What = $"suppression, {name}, {kept.Length} kept", Bar = 1.00 };
            for (var pair = 0; pair < pairs; pair++) comparison.Add(Milliseconds(Suppress, OurRuns), peer.Measure($"run {runs}"));
            yield return comparison;

            Tensor Suppress() => byClass
                ? NonMaximumSuppression.ByClass(boxes, scores, classes, Overlap)
                : NonMaximumSuppression.Of(boxes, scores, Overlap);
        }
        Directory.Delete(folder, recursive: true);
    }

    // The processor's time, as in the peer; what the garbage collector's threads take is in it.
    private static double Milliseconds(Func<Tensor> run, int count)
    {
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < count; i++) run().Dispose();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / count;
    }

    private static T[] Read<T>(string path)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(path)).ToArray();
}
