using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using DeepCourse.Distributed;

namespace DeepCourse.Lessons;

/// <summary>Starts this program several times on this machine, and ends with the first failure of one of them.</summary>
internal sealed partial class LocalProcesses : IDisposable
{
    // So long the others may take to end by themselves, and to say why, when one has failed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private const int Terminate = 15;
    private const int SignalBase = 128;

    private readonly Process[] _processes;
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    private LocalProcesses(IReadOnlyList<string> arguments, int count)
    {
        var port = FreePort();
        _processes = new Process[count];
        for (var rank = 0; rank < count; rank++)
            _processes[rank] = Process.Start(Program(arguments, new ProcessPlace(rank, count, rank, count, "127.0.0.1", port)))!;
        // Ctrl-C reaches all processes of a terminal by itself; a signal sent to this one alone is handed on.
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, handOn: false)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, handOn: true)),
        ];
    }

    /// <summary>Runs this program with the same arguments in several processes.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="count">How many processes.</param>
    /// <param name="console">Where to say which one broke, where that one can't.</param>
    /// <returns>The exit code: that of the one that failed first, else that of the first process.</returns>
    public static int Run(IReadOnlyList<string> arguments, int count, LessonConsole console)
    {
        using var all = new LocalProcesses(arguments, count);
        return all.Wait(console);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
    }

    private int Wait(LessonConsole console)
    {
        var failed = -1;
        var since = new Stopwatch();
        while (_processes.Any(process => !process.HasExited))
        {
            if (failed < 0 && Array.FindIndex(_processes, Failed) is var broken and >= 0)
            {
                failed = broken;
                since.Start();
                SayIfKilled(console, broken);
            }
            if (since.Elapsed > Grace) break;
            Task.Delay(Glance).Wait();
        }
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
        }
        if (failed < 0 && (failed = Array.FindIndex(_processes, Failed)) >= 0) SayIfKilled(console, failed);
        return failed >= 0 ? CodeOf(failed) : _processes[0].ExitCode;
    }

    // A missed bar and a stop at the user's wish are ends like any other.
    private static bool Failed(Process process) =>
        process.HasExited && process.ExitCode is not (ExitCode.Success or ExitCode.BelowExpectation or ExitCode.Cancelled);

    private int CodeOf(int rank) => _processes[rank].ExitCode > SignalBase ? ExitCode.Fault : _processes[rank].ExitCode;

    private void SayIfKilled(LessonConsole console, int rank)
    {
        if (_processes[rank].ExitCode > SignalBase)
            console.Error($"process {rank} of {_processes.Length} was ended by signal {_processes[rank].ExitCode - SignalBase}");
    }

    private void Stop(PosixSignalContext context, bool handOn)
    {
        context.Cancel = true;
        var again = Interlocked.Increment(ref _signals) > 1;
        foreach (var process in _processes)
        {
            if (process.HasExited) continue;
            if (again) process.Kill();
            else if (handOn) _ = Kill(process.Id, Terminate);
        }
    }

    private static ProcessStartInfo Program(IReadOnlyList<string> arguments, ProcessPlace place)
    {
        var host = Environment.ProcessPath ?? throw new InvalidOperationException("this program doesn't know where it is, so it can't be started again");
        var isDotnet = System.IO.Path.GetFileNameWithoutExtension(host) == "dotnet";
        var start = new ProcessStartInfo(host, isDotnet ? ["exec", Assembly.GetEntryAssembly()!.Location, .. arguments] : arguments);
        foreach (var (name, value) in place.ToEnvironment()) start.Environment[name] = value;
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
