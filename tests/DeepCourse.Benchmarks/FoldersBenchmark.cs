using System.Diagnostics;
using System.Globalization;
using DeepCourse.Data;

namespace DeepCourse.Benchmarks;

/// <summary>How long it takes to list folders of classes, and what that takes of memory: a thousand folders of empty files,
/// as many as ImageNet has, beside torchvision's <c>ImageFolder</c>.</summary>
internal static class FoldersBenchmark
{
    private const int Classes = 1000;

    internal static void Run(string runs, int files)
    {
        var folder = Lessons.RunFolder.Create(runs, "bench-folders", TimeProvider.System.GetUtcNow());
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var root = folder.File("tree");
        Make(root, files);
        try
        {
            using var peer = Peer.Start("folders.py", out var reason);
            if (peer is null) Report.Skip("the peer", reason);
            // A short run first, so that compiling the code is not counted.
            ClassFolders.List(root, new() { Classes = null, Endings = [".none"], AllowEmpty = true });
            var (before, start) = (GC.GetTotalMemory(forceFullCollection: true), Stopwatch.GetTimestamp());
            var folders = ClassFolders.List(root);
            Note("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds, $"to list {folders.Count} files of {folders.Classes.Count} classes");
            Note("kept", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, "MB are kept");
            Note("memory", PeakMemory.Megabytes, "MB of memory at most, the process as a whole");
            if (peer is not null)
            {
                var theirs = peer.Ask($"list {root}").Split(' ');
                if (int.Parse(theirs[0], CultureInfo.InvariantCulture) != folders.Count)
                    throw new InvalidOperationException($"torchvision lists {theirs[0]} files");
                Note("seconds_pytorch", double.Parse(theirs[1], CultureInfo.InvariantCulture), "torchvision's seconds");
                Note("memory_pytorch", double.Parse(theirs[2], CultureInfo.InvariantCulture), "MB that torchvision's process grew by");
            }
            GC.KeepAlive(folders);
            folder.WriteMetrics(metrics);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        void Note(string name, double value, string unit)
        {
            metrics[name] = value;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {value,12:0.00}   {unit}"));
        }
    }

    private static void Make(string root, int files)
    {
        Console.WriteLine($"making {files} files in {root}");
        Parallel.For(0, Classes, number =>
        {
            var name = $"n{10_000_000 + number}";
            var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
            for (var file = number; file < files; file += Classes)
                File.OpenHandle(Path.Combine(folder, $"{name}_{file}.JPEG"), FileMode.CreateNew, FileAccess.Write).Dispose();
        });
    }
}
