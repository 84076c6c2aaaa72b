using System.Text;
using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Which libtorch is loaded and what it can do.</summary>
public static unsafe class LibTorchInfo
{
    private enum Topic
    {
        Version,
        Library,
        Blas,
        Configuration,
        Threading,
        Shim,
    }

    /// <summary>The version, such as <c>1.13.1</c>, that the shim was compiled against.</summary>
    public static string Version => Describe(Topic.Version);

    /// <summary>The file of libtorch.</summary>
    public static string Path => Resolve(Describe(Topic.Library));

    /// <summary>The file of the shim.</summary>
    public static string ShimPath => Describe(Topic.Shim);

    /// <summary>The file of the BLAS that multiplies matrices on the CPU; empty when it is part of libtorch.</summary>
    public static string BlasPath => Resolve(Describe(Topic.Blas));

    /// <summary>Whether that BLAS is the plain reference one, which is not written for speed as OpenBLAS and MKL are.</summary>
    public static bool HasReferenceBlas =>
        BlasPath.Length > 0 && !FastBlas.Any(name => BlasPath.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>libtorch's own report of how it was built.</summary>
    public static string Configuration => Describe(Topic.Configuration);

    /// <summary>libtorch's own report of its threads.</summary>
    public static string Threading => Describe(Topic.Threading);

    /// <summary>The vector instructions in use, such as <c>AVX2</c>.</summary>
    public static string CpuCapability =>
        Configuration.Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.Contains("CPU capability usage", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "";

    /// <summary>Whether libtorch and the shim were built with CUDA; a GPU may still be missing.</summary>
    public static bool HasCuda => CudaMemory.IsSupported;

    /// <summary>Where the shim was looked for, one line for each place.</summary>
    public static IReadOnlyList<string> SearchTrace
    {
        get
        {
            _ = Version;
            return NativeLibraryLoader.Trace;
        }
    }

    /// <summary>All of it as lines of text.</summary>
    /// <returns>Lines such as <c>libtorch: 1.13.1</c>.</returns>
    public static IEnumerable<string> Report()
    {
        yield return $"libtorch: {Version} ({Path})";
        yield return $"shim: {ShimPath}";
        yield return BlasPath.Length == 0
            ? "BLAS: part of libtorch"
            : $"BLAS: {BlasPath}{(HasReferenceBlas ? " - the reference BLAS, not written for speed; install libopenblas0-openmp" : "")}";
        yield return $"CPU: {CpuCapability}, {torch.get_num_threads()} of {Environment.ProcessorCount} threads";
        yield return HasCuda ? $"CUDA: {torch.cuda.device_count()} device(s)" : "CUDA: this libtorch has none";
        foreach (var line in SearchTrace) yield return $"searched: {line}";
    }

    private static string[] FastBlas => ["openblas", "mkl", "blis", "atlas", "libtorch", "armpl"];

    // Debian's libblas.so.3 is a chain of links whose last member tells the implementation.
    private static string Resolve(string path) =>
        path.Length > 0 && File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;

    private static string Describe(Topic topic)
    {
        long length;
        Errors.Check(NativeMethods.dct_describe((int)topic, null, 0, &length));
        var text = new byte[length + 1];
        fixed (byte* start = text) Errors.Check(NativeMethods.dct_describe((int)topic, start, text.Length, &length));
        return Encoding.UTF8.GetString(text, 0, (int)length);
    }
}
