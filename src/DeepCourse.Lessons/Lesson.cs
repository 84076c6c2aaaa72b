using System.CommandLine;
using System.Reflection;
using DeepCourse.Distributed;
using DeepCourse.Tensors;
using DeepCourse.Training.Graphs;

namespace DeepCourse.Lessons;

/// <summary>Runs a lesson as a program: options, device, run folder, report, exit code.</summary>
public static class Lesson
{
    /// <summary>Parses the command line, runs the lesson, and writes what came out into its run folder.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="info">Name, defaults and extra options and commands.</param>
    /// <param name="train">The lesson.</param>
    /// <returns>The process's exit code, one of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, LessonInfo info, Action<LessonContext> train) => Run(args, info, train, LessonConsole.OfProcess(), TimeProvider.System);

    // A process of many says who it is, and leaves the rest to the first one.
    private static LessonConsole Speaker(LessonConsole console, ProcessPlace? place) =>
        place is { IsFirst: false } ? LessonConsole.OfProcess(place.Rank) : console;

    internal static int Run(string[] args, LessonInfo info, Action<LessonContext> train, LessonConsole console, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(info);
        var verbose = args.Contains("--verbose");
        try
        {
            var place = Place();
            console = Speaker(console, place);
            var commandLine = new LessonCommandLine(info);
            var parsed = commandLine.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                console.Error(string.Join("; ", parsed.Errors.Select(e => OneLine(e.Message))));
                console.Hint("--help lists the options");
                return ExitCode.Usage;
            }
            // Help and version bring actions of their own.
            if (parsed.Action != parsed.CommandResult.Command.Action)
                return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            commandLine.RequireAll(parsed);
            var options = commandLine.Read(parsed);
            var body = commandLine.Chosen(parsed)?.Body ?? train;
            return place is null && options.Processes > 1
                ? LocalProcesses.Run(args, options.Processes, console)
                : Execute(info, options, commandLine, parsed, body, console, time, place);
        }
        catch (Exception usage) when (usage is UsageException or DeviceUnavailableException)
        {
            return Fail(console, usage, verbose, ExitCode.Usage);
        }
        catch (Exception fault)
        {
            return Fail(console, fault, verbose, ExitCode.Fault);
        }
    }

    private static int Execute(LessonInfo info, LessonOptions options, LessonCommandLine commandLine, ParseResult parsed, Action<LessonContext> body, LessonConsole console, TimeProvider time, ProcessPlace? place)
    {
        using var interrupt = new Interrupt(() => console.Interrupt("stopping after this batch, then saving; press Ctrl-C again to quit at once"));
        UseAllCores();
        var device = Device(options.Device, place);
        options = Resolved(options);
        Precision.Require(options.Precision, device);
        if (options.Graphs && GraphedSteps.ObstacleOn(device) is { } obstacle) throw new UsageException($"--graphs: {obstacle}");
        if (options.Graphs && place is not null) throw new UsageException("--graphs: steps of several processes can't be recorded; leave out one of the two");
        using var team = place is null ? null : new Team(place, device, console, interrupt.Token);
        return team is null ? Train(Open()) : team.Run(Open, options.Resume, Train);

        int Train(RunFolder folder)
        {
            var stop = team?.Stopped ?? interrupt.Token;
            Seed.Everything(options.Seed);
            Note(folder, options);
            var lesson = new LessonContext(info, options, option => commandLine.Value(parsed, option), data => FallBack(folder, data), folder, console, device, stop, team);
            console.Remark($"{info.Title} · {Where(device, team)}{(options.Precision == Precision.Full ? "" : $" · {options.Precision}")} · {torch.get_num_threads()} threads · seed {options.Seed} · {Shown(folder.Path)}");
            var cancelled = false;
            try
            {
                body(lesson);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The parts that were finished are in the report.
                cancelled = true;
            }
            Finish(lesson, cancelled || stop.IsCancellationRequested);
            if (cancelled || stop.IsCancellationRequested)
            {
                console.Warn($"stopped; continue with --resume {Shown(folder.Path)}");
                return ExitCode.Cancelled;
            }
            var missed = options.Expect.Select(bar => bar.Check(lesson.Metrics)).OfType<string>().ToList();
            if (team is { Processes.IsFirst: false }) return ExitCode.Success;
            foreach (var miss in missed) console.Error(miss);
            return missed.Count > 0 ? ExitCode.BelowExpectation : ExitCode.Success;
        }

        RunFolder Open() => options.Resume is { } resumed ? RunFolder.Open(resumed) : RunFolder.Create(options.Out, commandLine.RunsName(parsed), time.GetUtcNow());

        LessonOptions Resolved(LessonOptions read) => read with { Precision = Precision.Resolve(read.Precision, device) };

        void Note(RunFolder folder, LessonOptions used) =>
            folder.Write(RunFolder.OptionsFile, new OptionsFile(commandLine.Chosen(parsed)?.Name, commandLine.Words(parsed, used)).ToJson(info.Name));

        LessonOptions FallBack(RunFolder folder, string data)
        {
            var used = Resolved(commandLine.Read(parsed, data));
            Note(folder, used);
            return used;
        }
    }

    // A process that was started alone, or is all there is, has nobody to join.
    private static ProcessPlace? Place()
    {
        try
        {
            return ProcessPlace.FromEnvironment() is { WorldSize: > 1 } place ? place : null;
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }

    private static string Where(torch.Device device, Team? team) => team is null ? $"{device}" : $"{team.Processes.WorldSize} processes, {device}";

    private static void Finish(LessonContext lesson, bool cancelled)
    {
        if (!lesson.Metrics.ContainsKey("seconds")) lesson.Metric("seconds", Math.Round(lesson.Elapsed.TotalSeconds, 2));
        lesson.Folder.WriteMetrics(lesson.Metrics);
        lesson.ReportProfiles();
        lesson.ReportGraphs();
        var report = lesson.Report;
        if (cancelled) report.Notice = $"This run was stopped before its end. {report.Notice}".TrimEnd();
        if (report.Footer.Length == 0)
        {
            var version = typeof(Lesson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
            report.Footer = $"Made by DeepCourse {version}. `options.json` beside this file repeats the run.";
        }
        lesson.Folder.Write("report.html", report.ToHtml());
        lesson.Console.Say("");
        foreach (var (name, value) in lesson.Metrics) lesson.Console.Say($"  {name,-28} {Reporting.NumberText.Of(value)}");
        lesson.Console.Say($"report: {Shown(lesson.Folder.File("report.html"))}");
    }

    // libtorch on a small machine starts with one thread per two cores or less; OMP_NUM_THREADS, where set, is the user's word.
    private static void UseAllCores()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null or "") torch.set_num_threads(Cores.OfProcess);
    }

    // Each process of a machine has a GPU of its own.
    private static torch.Device Device(string text, ProcessPlace? place)
    {
        try
        {
            if (place is not null && (text is "cuda" || (text is "auto" && torch.cuda.is_available()))) text = $"cuda:{place.LocalRank}";
            return Devices.Parse(text);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"--device: {wrong.Message}");
        }
    }

    private static int Fail(LessonConsole console, Exception fault, bool verbose, int code)
    {
        console.Error(OneLine(fault.Message));
        if (verbose) console.Hint(fault.ToString());
        else if (code == ExitCode.Fault) console.Hint($"({fault.GetType().Name}; --verbose prints where)");
        return code;
    }

    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Shown(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
