using System.Diagnostics;
using System.Globalization;
using DeepCourse.Data;
using DeepCourse.Vision;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Storage;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Benchmarks;

/// <summary>JPEG files to batches of small pictures: our loader beside torchvision's with PIL, same number of workers. Each
/// case by the clock and by the processor's time: the latter is what a core does, whatever else the machine is
/// doing.</summary>
internal static class LoaderBenchmark
{
    private const int Size = 224;
    private const int BatchSize = 32;
    private const int StoredSide = 256;

    // torchvision's RandomResizedCrop takes such parts unless told otherwise.
    private const double LeastArea = 0.08;

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Peer.Start("loader.py", out var reason);
        if (peer is null)
        {
            Report.Skip("loader", reason);
            yield break;
        }
        var (small, large) = (Pictures.Folder(), Pictures.LargeFolder());
        using var store = Stored(small);
        var squash = new ImageBlock(Size);
        var crop = new ImageBlock(Resize.RandomCrop(Size, LeastArea)) { MirrorChance = 0.5 };
        (string Name, string Kind, string Folder, ILoader<Tensor, Tensor> Loader)[] cases =
        [
            ("resize", "resize", small, Load(squash, Files(small))),
            ("crop, mirror", "crop", small, Load(crop, Files(small))),
            ("crop 1,600 px", "crop", large, Load(crop, Files(large))),
            ("crop to floats", "floats", small, Floats(Load(crop, Files(small)))),
            ("crop from store", "crop", small, Load(crop, store.AsList())),
        ];
        foreach (var (name, kind, folder, loader) in cases)
        {
            peer.Ask($"prepare {kind} {folder} {Size} {BatchSize} {Environment.ProcessorCount}");
            ReadAll(loader, 0);
            var clock = new Comparison($"loader, {name}", "pictures a second", lowerIsBetter: false) { What = $"JPEG to batches of {Size} px, {name}" };
            var core = new Comparison($"loader, {name}, a core", "pictures a second of a core", lowerIsBetter: false)
            {
                What = $"JPEG to batches of {Size} px, {name}, processor's time",
                Bar = 0.50,
            };
            for (var pair = 0; pair < pairs; pair++)
            {
                var (ours, oursOfCore) = Measure(loader, pair + 1);
                var theirs = Array.ConvertAll(peer.Ask("run 1").Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture));
                clock.Add(ours, theirs[0]);
                core.Add(oursOfCore, theirs[1]);
            }
            yield return clock;
            yield return core;
        }
    }

    private static (double ByClock, double ByProcessor) Measure<TX, TY>(ILoader<TX, TY> loader, int epoch)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var count = ReadAll(loader, epoch);
        return (
            count / Stopwatch.GetElapsedTime(start).TotalSeconds,
            count / (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
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

    private static Loader<EncodedPair<EncodedImage, float>, Tensor, Tensor> Load(
        ImageBlock block, IReadOnlyList<ImageSource> pictures) => DataBlock
        .Of(block, new NumberBlock(), (ImageSource picture) => picture, _ => 0f)
        .LoadAll(pictures, new(BatchSize) { Sampler = Sampler.Shuffled, Workers = Environment.ProcessorCount });

    private static AugmentedLoader<Tensor> Floats(ILoader<Tensor, Tensor> bytes) =>
        new(bytes, Augmenter.None, ImageStatistics.ImageNet, seed: 0);

    private static ImageSource[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Select(ImageSource.FromFile)];

    private static ImageStore Stored(string folder) => new ImageStoreBuilder(new() { ShortestSide = StoredSide }).OpenOrBuild(
        Files(folder), picture => picture, Path.Combine(Pictures.Cache, $"bench-loader-{StoredSide}.images"));
}
