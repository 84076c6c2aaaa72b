using DeepCourse.Distributed;
using DeepCourse.Training;
using DeepCourse.Training.Distributed;

namespace DeepCourse.Lessons;

/// <summary>This process among those that run a lesson together: how it joins them, when all stop, and how it ends when
/// another one fails.</summary>
internal sealed class Team : IDisposable
{
    // So long a process may go on after another one's failure, to end by itself and say why.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationToken _request;
    private readonly CancellationTokenRegistration _failure;

    /// <summary>Meets the others.</summary>
    /// <param name="place">The place of this process.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="console">Where this process says why it ends.</param>
    /// <param name="request">Asks all to stop: Ctrl-C.</param>
    public Team(ProcessPlace place, torch.Device device, LessonConsole console, CancellationToken request)
    {
        Processes = ProcessGroup.Join(place, device);
        _request = request;
        _failure = Processes.Failed.Register(() => EndSoon(console));
    }

    public ProcessGroup Processes { get; }

    /// <summary>Cancelled in all processes at once, when they have agreed to stop.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>The run folder, which the first process has made; checkpoints are read there.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Runs what all do, in the run folder of the first process; the others get one that nobody keeps. When one
    /// throws, the others hear of it.</summary>
    /// <param name="open">Opens or makes the run folder.</param>
    /// <param name="resume">Folder of the run to continue; null for a new run.</param>
    /// <param name="train">Runs the lesson and gives the exit code.</param>
    public int Run(Func<RunFolder> open, string? resume, Func<RunFolder, int> train)
    {
        var code = ExitCode.Success;
        Processes.Run(() =>
        {
            var folder = Open(open, resume);
            try
            {
                code = train(folder);
                // Nobody leaves while another one may need him.
                Processes.Wait();
            }
            finally
            {
                if (!Processes.IsFirst) Directory.Delete(folder.Path, recursive: true);
            }
        });
        return code;
    }

    /// <summary>What joins a learner to the others.</summary>
    public Callback Join() => new DataParallel(Processes, _stopped.Cancel, stop: _request);

    public void Dispose()
    {
        _failure.Dispose();
        Processes.Dispose();
        _stopped.Dispose();
    }

    private RunFolder Open(Func<RunFolder> open, string? resume)
    {
        var real = Processes.IsFirst ? open() : null;
        Folder = Processes.Broadcast(real?.Path ?? "");
        if (real is not null) return real;
        if (resume is not null && !Directory.Exists(Folder))
            throw new UsageException($"--resume: process {Processes.Rank} doesn't see '{Folder}', the folder of process 0: all need the same disk");
        return RunFolder.CreateScratch(resume is null ? null : Folder);
    }

    // Most often this process waits for the others and ends with the cause. It may as well be computing for minutes.
    private void EndSoon(LessonConsole console)
    {
        var end = new Thread(() =>
        {
            Task.Delay(Grace).Wait();
            console.Error(Processes.Failure ?? "another process failed");
            Environment.Exit(ExitCode.Fault);
        })
        { IsBackground = true, Name = "End after another process's failure" };
        end.Start();
    }
}
