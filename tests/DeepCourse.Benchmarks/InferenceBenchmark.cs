using System.Diagnostics;
using DeepCourse.Layers;
using DeepCourse.Native;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Benchmarks;

/// <summary>ResNet-18 on pictures in evaluation mode, beside PyTorch's: as it is, and with its normalisations folded into the
/// convolutions, weights packed and channels last.</summary>
internal static class InferenceBenchmark
{
    private const int Size = 224;
    private const int Rounds = 15;

    private static readonly (string Name, string What, int Batch, bool Prepared, double? Bar)[] cases =
    [
        ("inference", "ResNet-18, one picture of 224 px", 1, false, null),
        ("inference_folded", "ResNet-18 folded, packed, channels last, one picture of 224 px", 1, true, 0.90),
        ("inference_folded_8", "ResNet-18 folded, packed, channels last, 8 pictures of 224 px", 8, true, null),
    ];

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("inference.py", out var reason);
        if (peer is null)
        {
            Report.Skip("inference", reason);
            yield break;
        }
        var threads = Environment.ProcessorCount;
        set_num_threads(threads);
        foreach (var (name, what, batch, prepared, bar) in cases)
        {
            using var plain = randn(batch, 3, Size, Size);
            using var images = prepared ? ChannelsLast.Apply(plain) : plain.alias();
            using var model = new Resnet(18, classes: 10);
            model.eval();
            if (prepared)
            {
                NormFolding.Apply(model, images);
                WeightPacking.Apply(model);
            }
            peer.Ask($"prepare {batch} {Size} {threads}");
            Median(model, images);
            var rounds = Math.Max(3, Rounds / batch);
            yield return new Comparison(name, "ms a pass") { What = what, Bar = bar }
                .Measure(pairs, () => Median(model, images, rounds), () => peer.Measure($"run {rounds}"));
        }
    }

    private static double Median(Resnet model, Tensor images, int rounds = 5)
    {
        using var inference = inference_mode();
        var times = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            model.call(images).Dispose();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return Comparison.Median(times);
    }
}
