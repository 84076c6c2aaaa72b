using System.Globalization;
using System.Runtime.InteropServices;
#if SYSTEM_STACK
using DeepCourse.Native;
#endif

namespace DeepCourse.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    internal static IEnumerable<(string Name, string Value)> Facts()
    {
        yield return ("date", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yield return ("processor", $"{Processor()}, {Environment.ProcessorCount} cores");
        yield return ("system", RuntimeInformation.OSDescription);
        yield return (".NET", Environment.Version.ToString());
#if SYSTEM_STACK
        yield return ("libtorch", $"{LibTorchInfo.Version}, {LibTorchInfo.CpuCapability}");
        yield return ("BLAS", LibTorchInfo.BlasPath.Length == 0 ? "part of libtorch" : Path.GetFileName(Path.GetDirectoryName(LibTorchInfo.BlasPath)!));
#endif
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
