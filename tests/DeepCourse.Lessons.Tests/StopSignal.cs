using System.Diagnostics;

namespace DeepCourse.Tests.Lessons;

/// <summary>Ctrl-C, as this process gets it.</summary>
internal static class StopSignal
{
    // A shell's background job and nohup start with SIGINT ignored; the other signal asks for the same.
    private static string Name => IgnoresInterrupts() ? "-TERM" : "-INT";

    public static void SkipWhereThereIsNone() =>
        Skip.If(OperatingSystem.IsWindows(), "there is no kill command to send a signal with");

    /// <summary>Sends it, and waits until the lesson knows.</summary>
    public static void Send(CancellationToken heard)
    {
        using var kill = Process.Start("kill", [Name, Environment.ProcessId.ToString()]);
        Assert.True(heard.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)), "the signal didn't arrive");
    }

    // What a process ignores when it starts stays ignored: .NET respects it, and so must the test.
    private static bool IgnoresInterrupts()
    {
        const string status = "/proc/self/status";
        const int interrupt = 2;
        if (!File.Exists(status)) return false;
        var mask = File.ReadLines(status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split(':')[1].Trim();
        return (Convert.ToUInt64(mask, 16) >> (interrupt - 1) & 1) != 0;
    }
}
