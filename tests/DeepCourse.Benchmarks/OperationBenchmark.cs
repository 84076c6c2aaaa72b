using System.Diagnostics;

namespace DeepCourse.Benchmarks;

/// <summary>What one operator call costs, and one AdamW step over many small parameters, beside PyTorch's.</summary>
internal static class OperationBenchmark
{
    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("operations.py", out var reason);
        if (peer is null)
        {
            Report.Skip("operations", reason);
            yield break;
        }
        set_num_threads(1);
        peer.Ask("prepare 1");
        yield return Add(peer, pairs);
        yield return AdamW(peer, pairs);
    }

    private static Comparison Add(Peer peer, int pairs)
    {
        using Tensor a = tensor(new[] { 1f }), b = tensor(new[] { 2f });
        var comparison = new Comparison("add", "us a call") { What = "a + b, one element, 1 thread", Bar = 1.10 };
        const int count = 20_000;
        // Tiered compilation settles before anything counts.
        for (var i = 0; i < 3 * count; i++) (a + b).Dispose();
        for (var pair = 0; pair < pairs; pair++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++) (a + b).Dispose();
            comparison.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / count, peer.Measure($"add {count}"));
        }
        return comparison;
    }

    private static Comparison AdamW(Peer peer, int pairs)
    {
        var parameters = Enumerable.Range(0, 100).Select(_ => new Parameter(randn(32, 32))).ToList();
        foreach (var parameter in parameters) parameter.grad = randn(32, 32);
        using var optimizer = optim.AdamW(parameters, lr: 1e-3, weight_decay: 1e-2);
        var comparison = new Comparison("adamw", "us a step") { What = "AdamW step, 100 parameters of 1,024, 1 thread", Bar = 0.50 };
        const int count = 100;
        for (var i = 0; i < count; i++) optimizer.step();
        for (var pair = 0; pair < pairs; pair++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++) optimizer.step();
            comparison.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / count, peer.Measure($"adamw {count}"));
        }
        foreach (var parameter in parameters) parameter.Dispose();
        return comparison;
    }
}
