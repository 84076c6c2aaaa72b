using System.Diagnostics;
using DeepCourse.Native;
using DeepCourse.Tensors;

namespace DeepCourse.Benchmarks;

/// <summary>Training steps on a GPU, operator by operator and as CUDA graphs, beside PyTorch's operator by operator.</summary>
internal static class GpuBenchmark
{
    // 1 / 1.5: what a graph must save where kernels are shorter than what it takes to send them.
    private const double GraphBar = 0.67;

    private static readonly Case[] cases =
    [
        new("resnet50", "ResNet-50, 256 x 224 px, bfloat16, channels last", 256, 224, 20, 1.00, null),
        new("mlp", "MLP of 21 layers of 64, batch 32", 32, 0, 200, 1.00, GraphBar),
        new("wrn22", "WRN-22, 32 x 32 px, bfloat16, channels last", 32, 32, 100, 1.00, GraphBar),
        new("dcgan", "DCGAN, 64 x 64 px, critic and generator", 64, 64, 100, 1.00, GraphBar),
        new("speednet", "the speed records' network, 1,024 x 32 px, bfloat16, channels last", 1024, 32, 50, 1.00, null),
    ];

    /// <summary>Measures.</summary>
    /// <param name="pairs">How many pairs of runs.</param>
    /// <param name="device">Where; null for the first GPU. On the CPU small batches show that both sides work.</param>
    internal static IEnumerable<Comparison> Run(int pairs, string? device)
    {
        var place = device is null ? Devices.Best : Devices.Parse(device);
        var rehearses = place.type == DeviceType.CPU;
        if (rehearses && device is null)
        {
            Report.Skip("gpu", CudaMemory.IsSupported ? "there is no GPU" : "libtorch or the shim was built without CUDA");
            yield break;
        }
        using var peer = Peer.Start("gpu.py", out var reason, "torch");
        if (peer is null)
        {
            Report.Skip("gpu", reason);
            yield break;
        }
        Cudnn.Benchmark = true;
        foreach (var full in cases)
        {
            var one = rehearses ? full with { Batch = Math.Min(full.Batch, 2), Size = Math.Min(full.Size, 64), Steps = 1 } : full;
            if (peer.Ask($"prepare {one.Name} {place} {one.Batch} {one.Size} {one.Warm}") is var answer && answer != "ready")
            {
                Report.Skip("gpu", $"{one.What}: PyTorch says: {answer}");
                continue;
            }
            foreach (var graphed in new[] { false, true })
            {
                random.manual_seed(0);
                using var step = GpuStep.Of(one.Name, place, one.Batch, one.Size, graphed);
                step.Run(one.Warm);
                if (graphed && step.Reason is { } missing)
                {
                    Report.Skip("gpu", $"{one.What}, as a graph: {missing}");
                    continue;
                }
                yield return new Comparison($"gpu_{one.Name}{(graphed ? "_graph" : "")}", "ms a step")
                {
                    What = rehearses ? $"rehearsal with {one.Batch} items: {one.What}" : $"training step, {one.What}{(graphed ? ", ours as a graph" : "")}",
                    Bar = rehearses ? null : graphed ? one.GraphBar : one.Bar,
                }.Measure(pairs, () => Milliseconds(step, one.Steps), () => peer.Measure($"run {one.Steps}"));
            }
        }
    }

    private static double Milliseconds(GpuStep step, int count)
    {
        var start = Stopwatch.GetTimestamp();
        step.Run(count);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
    }

    private sealed record Case(string Name, string What, int Batch, int Size, int Steps, double Bar, double? GraphBar)
    {
        /// <summary>Steps that nobody times: libraries look for algorithms, the runtime compiles, graphs are recorded.</summary>
        public int Warm => Math.Max(5, Steps / 2);
    }
}
