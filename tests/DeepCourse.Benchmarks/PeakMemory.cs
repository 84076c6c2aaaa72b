using System.Diagnostics;
using System.Globalization;

namespace DeepCourse.Benchmarks;

/// <summary>What the system counts as this process's memory, at its highest so far.</summary>
internal static class PeakMemory
{
    internal static double Megabytes
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
    }
}
