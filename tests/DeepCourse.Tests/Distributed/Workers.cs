using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DeepCourse.Distributed;

namespace DeepCourse.Tests.Distributed;

/// <summary>Processes of a test on this machine, with what became of them.</summary>
internal sealed class Workers : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly List<Process> _processes = [];
    private readonly List<Task<string>> _said = [];

    private Workers()
    {
    }

    public static void SkipWithoutThem()
    {
#if !SYSTEM_STACK
        Skip.If(true, "the package can't connect processes");
#else
        Skip.IfNot(DeepCourse.Native.Collectives.Has(DeepCourse.Native.CollectiveBackend.Gloo), "this libtorch was built without Gloo");
#endif
    }

    /// <summary>Starts processes that all do the same.</summary>
    /// <param name="task">Name of a method of <see cref="GroupTasks"/> or <see cref="TrainingTasks"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="folder">What they are given.</param>
    public static Workers Start(string task, int count, string folder = "-") =>
        Start(task, [.. Enumerable.Range(0, count).Select(rank => (rank, count))], folder);

    /// <summary>Starts processes that are told these places.</summary>
    public static Workers Start(string task, IReadOnlyList<(int Rank, int WorldSize)> places, string folder = "-", int patience = 60)
    {
        var workers = new Workers();
        var port = FreePort();
        foreach (var (rank, size) in places)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(Workers).Assembly.Location, task, folder, $"{patience}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in new ProcessPlace(rank, size, rank, size, "127.0.0.1", port).ToEnvironment())
                start.Environment[name] = value;
            var process = Process.Start(start)!;
            workers._processes.Add(process);
            workers._said.Add(ReadAll(process));
        }
        return workers;
    }

    /// <summary>Waits for all.</summary>
    /// <returns>For each, the exit code and what it said.</returns>
    public IReadOnlyList<(int Code, string Said)> Wait()
    {
        var end = Stopwatch.StartNew();
        foreach (var process in _processes)
            Assert.True(process.WaitForExit(Limit - end.Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero), "still running after 90 seconds");
        return [.. _processes.Select((process, index) => (process.ExitCode, _said[index].Result))];
    }

    /// <summary>Waits for all, which must end well.</summary>
    public void Succeed() => Assert.All(Wait(), worker => Assert.True(worker.Code == 0, worker.Said));

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
    }

    private static async Task<string> ReadAll(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadToEndAsync() + await errors;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
