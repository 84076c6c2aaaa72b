using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds the compiled shim and keeps the trace of where it looked.</summary>
internal static class NativeLibraryLoader
{
    private const string FileName = "libdeepcourse_torch.so";

    /// <summary>One line for each place that was tried, for <c>course doctor</c> and for the error.</summary>
    internal static List<string> Trace { get; } = [];

    internal static string? LoadedFrom { get; private set; }

#pragma warning disable CA2255 // The resolver must be in place before the first call into the shim, whoever makes it.
    [ModuleInitializer]
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);
#pragma warning restore CA2255

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != NativeMethods.Library) return IntPtr.Zero;
        foreach (var candidate in Candidates())
        {
            if (!File.Exists(candidate))
            {
                Trace.Add($"{candidate}: not there");
                continue;
            }
            try
            {
                var handle = NativeLibrary.Load(candidate);
                Trace.Add($"{candidate}: loaded");
                LoadedFrom = candidate;
                return handle;
            }
            catch (DllNotFoundException fault)
            {
                Trace.Add($"{candidate}: {fault.Message.Split('\n')[0]}");
            }
        }
        throw new DllNotFoundException(
            $"The shim between DeepCourse and libtorch ({FileName}) could not be loaded. Run './course setup', which " +
            "installs libtorch, and build again; it must be compiled against the libtorch that is loaded. Beside a published " +
            "program: bash native/build.sh native/built. Tried:\n  " +
            string.Join("\n  ", Trace));
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DEEPCOURSE_SHIM") is { Length: > 0 } chosen) yield return chosen;
        // Compiled on this machine, beside a program that was published on another.
        yield return Path.Combine(AppContext.BaseDirectory, "native", "built", FileName);
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", FileName);
        if (Path.GetDirectoryName(typeof(NativeLibraryLoader).Assembly.Location) is { Length: > 0 } folder)
            yield return Path.Combine(folder, FileName);
    }
}
