using System.Diagnostics;
using System.Globalization;
using DeepCourse.Vision;
using DeepCourse.Vision.Storage;

namespace DeepCourse.Benchmarks;

/// <summary>How fast pictures become an image store, what that takes of memory, and how fast the store is opened and
/// compared with its checksums: the loader's pictures again and again until there are enough.</summary>
internal static class StoreBenchmark
{
    private const int Side = 256;
    private const int Quality = 90;

    internal static void Run(string runs, int count)
    {
        var folder = Lessons.RunFolder.Create(runs, "bench-store", TimeProvider.System.GetUtcNow());
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var files = Directory.GetFiles(Pictures.Folder(), "*.jpg").Order(StringComparer.Ordinal).ToArray();
        string[] items = [.. Enumerable.Range(0, count).Select(index => files[index % files.Length])];
        Note("memory_before", PeakMemory.Megabytes, "MB of memory at most");
        (string Form, ImageStoreOptions Options)[] stores =
        [
            ("pixels", new() { ShortestSide = Side }),
            ("jpeg", new() { ShortestSide = Side, JpegQuality = Quality }),
        ];
        // All are built before one is read: the pages of a file that is read count as memory too.
        foreach (var (form, options) in stores) Build(form, options);
        foreach (var (form, options) in stores) Read(form, options);
        folder.WriteMetrics(metrics);

        void Build(string form, ImageStoreOptions options)
        {
            var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            using var store = new ImageStoreBuilder(options).Build(items, ImageSource.FromFile, PathOf(form));
            Note($"{form}_building", count / Stopwatch.GetElapsedTime(start).TotalSeconds, "pictures a second");
            Note($"{form}_building_core", count / (Environment.CpuUsage.TotalTime - processor).TotalSeconds, "pictures a second of the processor's time");
            Note($"{form}_memory", PeakMemory.Megabytes, "MB of memory at most");
            Note($"{form}_size", store.Length / 1e6, "MB on disk");
        }

        void Read(string form, ImageStoreOptions options)
        {
            var start = Stopwatch.GetTimestamp();
            using var store = new ImageStoreBuilder(options).OpenOrBuild(items, ImageSource.FromFile, PathOf(form));
            Note($"{form}_opening", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms to open it and to see that no picture has changed");
            start = Stopwatch.GetTimestamp();
            store.Verify();
            Note($"{form}_verifying", store.Length / 1e9 / Stopwatch.GetElapsedTime(start).TotalSeconds, "GB/s compared with the checksums");
            File.Delete(PathOf(form));
        }

        string PathOf(string form) => folder.File($"{form}.images");

        void Note(string name, double value, string unit)
        {
            metrics[name] = value;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {value,12:0.00}   {unit}"));
        }
    }
}
