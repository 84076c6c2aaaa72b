using System.Diagnostics;

namespace DeepCourse.Benchmarks;

/// <summary>A whole training step (gradients to none, forward, backward, AdamW) of three models, beside PyTorch's.</summary>
internal static class StepBenchmark
{
    private static readonly (string Name, int Steps)[] cases = [("mlp", 200), ("resnet18", 12), ("lstm", 20)];

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("step.py", out var reason);
        if (peer is null)
        {
            Report.Skip("step", reason);
            yield break;
        }
        var threads = Environment.ProcessorCount;
        set_num_threads(threads);
        foreach (var (name, steps) in cases)
        {
            random.manual_seed(0);
            peer.Ask($"prepare {name} {threads}");
            using var step = TrainingStep.Of(name);
            for (var i = 0; i < 5; i++) step.Run();
            var comparison = new Comparison(name, "us a step");
            for (var pair = 0; pair < pairs; pair++)
            {
                var ours = Median(step, steps);
                comparison.Add(ours, peer.Measure($"run {steps}"));
            }
            yield return comparison;
        }
    }

    private static double Median(TrainingStep step, int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            step.Run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        return Comparison.Median(times);
    }
}
