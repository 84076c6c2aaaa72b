using System.Diagnostics;

namespace DeepCourse.Benchmarks;

/// <summary>A whole training step (gradients to none, forward, backward, AdamW) of several models, beside PyTorch's.</summary>
internal static class StepBenchmark
{
    private static readonly Case[] cases =
    [
        new("mlp", "MLP of 21 layers of 64, batch 32", 200, 0.60),
        new("resnet18", "ResNet-18, 16 x 64 px", 8, 0.95),
        // The same with the faster of PyTorch's own AdamW loops: what of the row above is the optimizer's.
        new("resnet18_foreach", "ResNet-18, 16 x 64 px, PyTorch's AdamW over lists", 8, null),
        new("resnet18_nhwc", "ResNet-18, 16 x 64 px, both with channels last", 8, null),
#if SYSTEM_STACK
        new("speednet", "the speed records' network, 64 x 32 px, bfloat16, both with channels last", 8, null),
#endif
        new("wrn22", "WRN-22, 8 x 32 px", 3, 0.95),
        new("unet", "U-Net, 8 x 64 px", 10, 1.00),
        new("lstm", "LSTM of 2 x 256, 16 x 35 tokens", 15, 1.00),
    ];

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
        foreach (var (name, what, steps, bar) in cases)
        {
            // Enough for tiered compilation, where a step is short enough for that to matter.
            var warm = Math.Max(2, steps / 2);
            random.manual_seed(0);
            peer.Ask($"prepare {name} {threads} {warm}");
            using var step = TrainingStep.Of(name.Replace("_foreach", ""));
            for (var i = 0; i < warm; i++) step.Run();
            yield return new Comparison(name, "ms a step") { What = $"training step, {what}", Bar = bar }
                .Measure(pairs, () => Median(step, steps), () => peer.Measure($"run {steps}") / 1e3);
        }
    }

    private static double Median(TrainingStep step, int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            step.Run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return Comparison.Median(times);
    }

    private sealed record Case(string Name, string What, int Steps, double? Bar);
}
