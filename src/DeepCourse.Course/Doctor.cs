using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;

namespace DeepCourse.Course;

/// <summary>Says what this machine has: libtorch, BLAS, codecs, GPU, data folders; each with what to do where something lacks.</summary>
internal static class Doctor
{
    private static readonly (string Purpose, string Package, string[] Libraries)[] Codecs =
    [
        ("JPEG", "libturbojpeg0", ["libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.dylib", "turbojpeg"]),
        ("PNG", "libpng16-16", ["libpng16.so.16", "libpng16.so", "libpng16.dylib", "libpng16"]),
        ("WebP", "libwebp7", ["libwebp.so.7", "libwebp.so", "libwebp.dylib", "libwebp"]),
    ];

    public static int Run()
    {
        var healthy = Torch();
        foreach (var (purpose, package, libraries) in Codecs)
        {
            var found = Array.Find(libraries, name => NativeLibrary.TryLoad(name, out _));
            Line(purpose, found ?? $"missing: install {package}");
            healthy &= found is not null;
        }
        Line("data", Environment.GetEnvironmentVariable(DatasetStore.FoldersVariable) is { Length: > 0 } folders ? folders : $"no folder of your own ({DatasetStore.FoldersVariable} names some)");
        Line("npm", Find("npm") ?? "missing: the Scenes data set needs it (./course setup)");
        return healthy ? ExitCode.Success : ExitCode.Fault;
    }

    private static bool Torch()
    {
        try
        {
            Line("libtorch", $"{torch.__version__}  {Mapped("libtorch_cpu")}");
            // Threads as lessons set them.
            torch.set_num_threads(Environment.ProcessorCount);
            Line("threads", $"{torch.get_num_threads()} of {Environment.ProcessorCount} cores");
            Line("blas", $"{Mapped("blas")}  {Speed().ToString("0", CultureInfo.InvariantCulture)} GFLOP/s (512x512 float32 product)");
            Line("gpu", cuda.is_available() ? $"{cuda.device_count()} CUDA device(s)" : "none that this libtorch can use");
            return true;
        }
        catch (Exception fault)
        {
            // Whatever stands in the way of libtorch is what the reader came to read.
            Line("libtorch", $"does not load: {fault.GetBaseException().Message}");
            return false;
        }
    }

    // What the process really loaded, links resolved.
    private static string Mapped(string part)
    {
        if (!OperatingSystem.IsLinux()) return "";
        var paths = File.ReadLines("/proc/self/maps").Select(line => line.LastIndexOf('/') is var at and >= 0 ? line[line.IndexOf('/')..] : "").Where(path => Path.GetFileName(path).Contains(part, StringComparison.Ordinal));
        return string.Join(", ", paths.Distinct().OrderBy(path => path.Contains("openblas", StringComparison.Ordinal) ? 0 : 1));
    }

    private static double Speed()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (rand(512, 512), rand(512, 512));
        var best = double.PositiveInfinity;
        for (var i = 0; i < 12; i++)
        {
            var started = Stopwatch.GetTimestamp();
            a.mm(b).Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return 2.0 * 512 * 512 * 512 / best / 1e9;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static void Line(string name, string value) => Console.WriteLine($"{name,-10} {value}");
}
