using System.Diagnostics;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Models;

namespace DeepCourse.Benchmarks;

/// <summary>NanoDet-g on one picture, from normalised pixels to boxes after suppression, beside the same in PyTorch.</summary>
internal static class NanoDetBenchmark
{
    private const int Rounds = 20;

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("nanodet.py", out var reason);
        if (peer is null)
        {
            Report.Skip("nanodet", reason);
            yield break;
        }
        using var network = NanoDet.Pretrained();
        network.eval();
        foreach (var size in (int[])[320, 416])
        {
            peer.Ask($"prepare {size}");
            Measure(network, size);
            var comparison = new Comparison($"nanodet_{size}", "ms a picture") { What = $"NanoDet-g, one picture of {size} px" };
            for (var pair = 0; pair < pairs; pair++) comparison.Add(Measure(network, size), peer.Measure($"run {Rounds}"));
            yield return comparison;
        }
    }

    private static double Measure(NanoDet network, int size)
    {
        using var scope = NewDisposeScope();
        var image = randn(1, 3, size, size);
        var filter = new DetectionFilter { LeastScore = 0.3, Overlap = 0.6 };
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++) network.Detect(image, filter);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Rounds;
    }
}
