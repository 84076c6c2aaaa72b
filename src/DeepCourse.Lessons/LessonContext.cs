using System.Diagnostics;
using DeepCourse.Data;
using DeepCourse.Data.Catalogue;
using DeepCourse.Distributed;
using DeepCourse.Reporting;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Training.Distributed;
using DeepCourse.Training.Graphs;

namespace DeepCourse.Lessons;

/// <summary>Everything a lesson's body needs from its host: options, device, run folder, report, metrics, callbacks.</summary>
public sealed class LessonContext
{
    private readonly SortedDictionary<string, double> _metrics = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Func<LessonOption, object?> _value;
    private readonly Func<string, LessonOptions> _fallBack;
    private readonly List<Profiler> _profilers = [];
    private readonly List<GraphedSteps> _graphs = [];
    private readonly Team? _team;

    internal LessonContext(LessonInfo info, LessonOptions options, Func<LessonOption, object?> value, Func<string, LessonOptions> fallBack, RunFolder folder, LessonConsole console, torch.Device device, CancellationToken cancellation, Team? team = null)
    {
        (Info, Options, _value, _fallBack, Folder, Console, Device, Cancellation, _team) = (info, options, value, fallBack, folder, console, device, cancellation, team);
        Report = new HtmlReport(info.Title) { Kicker = $"DeepCourse · {Spoken(info.Name)}" };
        Random = new Random(options.Seed);
        Fetching = new FetchRemarks(console);
    }

    /// <summary>Name and defaults of the lesson.</summary>
    public LessonInfo Info { get; }

    /// <summary>All shared options.</summary>
    public LessonOptions Options { get; private set; }

    /// <summary>Which data set.</summary>
    public string Data => Options.Data;

    /// <summary>Folder of the user's own data; null when none was given.</summary>
    public string? Path => Options.Path;

    /// <summary>Passes over the training data.</summary>
    public int Epochs => Options.Epochs;

    /// <summary>Items per batch, of all processes together.</summary>
    public int BatchSize => Options.BatchSize;

    /// <summary>Those that train together, by <c>--processes</c> or because torchrun, mpirun or SLURM started them; null
    /// for a process that trains alone.</summary>
    public ProcessGroup? Processes => _team?.Processes;

    /// <summary>The part of the data that this process reads.</summary>
    public Shard Shard => Processes is { } all ? new(all.Rank, all.WorldSize) : Shard.Whole;

    /// <summary>How to load data: batch size, seed, workers, device, and this process's part of each batch.</summary>
    /// <exception cref="UsageException">The batch can't be divided among the processes.</exception>
    public LoaderOptions Loading => new(PartOf(BatchSize)) { Seed = Seed, Workers = Workers, Device = Device, Shard = Shard };

    /// <summary>This process's items of a batch of all processes.</summary>
    /// <param name="batchSize">Items of all.</param>
    /// <exception cref="UsageException">The batch can't be divided among the processes.</exception>
    public int PartOf(int batchSize) => batchSize % Shard.WorldSize == 0
        ? batchSize / Shard.WorldSize
        : throw new UsageException($"--batch-size {batchSize} can't be divided among {Shard.WorldSize} processes: choose a multiple");

    /// <summary>Highest learning rate.</summary>
    public double LearningRate => Options.LearningRate;

    /// <summary>Picture side in pixels, or sequence length.</summary>
    public int Size => Options.Size;

    /// <summary>Seed of everything random; torch's generators have been seeded with it.</summary>
    public int Seed => Options.Seed;

    /// <summary>Background threads that load data.</summary>
    public int Workers => Options.Workers;

    /// <summary>A run of seconds on generated data was asked for.</summary>
    public bool Smoke => Options.Smoke;

    /// <summary>A random source with the run's seed.</summary>
    public Random Random { get; }

    /// <summary>Where tensors live.</summary>
    public torch.Device Device { get; }

    /// <summary>The folder of this run.</summary>
    public RunFolder Folder { get; }

    /// <summary>The report; written when the body has ended, also when Ctrl-C ended it.</summary>
    public HtmlReport Report { get; }

    /// <summary>What is said on the console.</summary>
    public LessonConsole Console { get; }

    /// <summary>Give it to what fetches or makes data sets: it says on the console what is being done.</summary>
    public IProgress<FetchProgress> Fetching { get; }

    /// <summary>The numbers of the run, as metrics.json will hold them.</summary>
    public IReadOnlyDictionary<string, double> Metrics => _metrics;

    /// <summary>Cancelled at the first Ctrl-C. Fits with the callbacks below end by themselves.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Time since the body began.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>The callbacks every learner of a lesson gets: progress on the console, an end at Ctrl-C, the narrow
    /// type of <c>--precision</c>, what <c>--profile</c> measures, what <c>--graphs</c> repeats, and what joins the processes of
    /// <c>--processes</c>. Ask anew for each learner.</summary>
    public IReadOnlyList<Callback> Callbacks =>
    [
        .. _team is { } team ? [team.Join()] : (Callback[])[new StopWhenCancelled(Cancellation)],
        new ConsoleProgress(Console),
        .. Precision.Callbacks(Options.Precision),
        .. Profilers(),
        .. Graphs(),
    ];

    /// <summary><see cref="Callbacks"/>, and checkpoints by which <c>--resume</c> continues a run that was stopped or killed.</summary>
    /// <param name="stage">A short name, one for each learner of the lesson.</param>
    /// <returns>The callbacks for one learner; call <see cref="Resume"/> before its first fit.</returns>
    public IReadOnlyList<Callback> CallbacksFor(string stage) => [new CheckpointEvery(CheckpointFile(stage)), .. Callbacks];

    /// <summary>With <c>--resume</c>, lets a learner continue where the earlier run left this stage.</summary>
    /// <param name="learner">A learner that hasn't been trained yet.</param>
    /// <param name="stage">The name given to <see cref="CallbacksFor"/>.</param>
    public void Resume(Learner learner, string stage)
    {
        if (Options.Resume is null || !File.Exists(CheckpointFile(stage))) return;
        learner.Resume(CheckpointFile(stage));
        Console.Remark($"continuing '{stage}' from its checkpoint");
    }

    /// <summary>The value of one of the lesson's own options.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="option">An option listed in <see cref="LessonInfo.Options"/>, or in those of the command that runs.</param>
    /// <returns>The value given, or the default.</returns>
    /// <exception cref="InvalidOperationException">The option belongs to another command.</exception>
    public T Value<T>(LessonOption<T> option) => (T)_value(option)!;

    /// <summary>Goes on with another of the lesson's data sets where the one asked for can't be had: options that nobody
    /// gave take its defaults, and options.json says so.</summary>
    /// <param name="data">Its name, one of <see cref="LessonInfo.Data"/>.</param>
    public void FallBackTo(string data) => Options = _fallBack(data);

    /// <summary>Notes a number for metrics.json (and <c>--expect</c>).</summary>
    /// <param name="name">Lower case, with underscores.</param>
    /// <param name="value">The number.</param>
    public void Metric(string name, double value) => _metrics[name] = value;

    /// <summary>Begins a part of the lesson: prints its heading; ends the lesson here when Ctrl-C was pressed in the part before.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="OperationCanceledException">Ctrl-C was pressed.</exception>
    public void Stage(string name)
    {
        Cancellation.ThrowIfCancellationRequested();
        Console.Heading(name);
    }

    /// <summary>Writes the history of a learner into the run folder: history.csv, or history-STAGE.csv.</summary>
    /// <param name="history">The history.</param>
    /// <param name="stage">A short name where the lesson has several learners.</param>
    public void Save(History history, string? stage = null) => Folder.Write(stage is null ? "history.csv" : $"history-{stage}.csv", history.ToCsv());

    // lesson08 reads Lesson 8, and so does lesson08-other.
    private static string Spoken(string name) =>
        name.StartsWith("lesson", StringComparison.Ordinal) && int.TryParse(name.Split('-')[0].AsSpan(6), out var number) ? $"Lesson {number}" : name;

    /// <summary>Puts what <c>--profile</c> measured into the report and the run folder: the last fit of each learner.</summary>
    internal void ReportProfiles()
    {
        var measured = _profilers.Where(profiler => profiler.Profile is not null).ToList();
        for (var i = 0; i < measured.Count; i++)
        {
            var profile = measured[i].Profile!;
            var file = measured.Count == 1 ? "trace.json" : $"trace-{i + 1}.json";
            measured[i].SaveTrace(Folder.File(file));
            Report.Details($"Where the time went ({file})", body => body
                .Columns(profile.Chart(), profile.StageTable())
                .Columns(profile.CallbackTable(), profile.CountTable()));
            Console.Say(profile.ToString());
        }
    }

    /// <summary>Tells the report how many training batches were repetitions of recorded ones.</summary>
    internal void ReportGraphs()
    {
        var used = _graphs.Where(graphs => graphs.Steps > 0).ToList();
        if (used.Count == 0) return;
        var (replays, steps) = (used.Sum(graphs => graphs.Replays), used.Sum(graphs => graphs.Steps));
        var reasons = used.SelectMany(graphs => graphs.Reasons)
            .GroupBy(reason => reason.Key, reason => reason.Value)
            .OrderByDescending(reason => reason.Sum())
            .Select(reason => $"{reason.Sum():N0} {reason.Key}");
        Report.Fact("CUDA graphs", string.Join("; ", reasons.Prepend($"{replays:N0} of {steps:N0} training batches repeated")));
    }

    private Callback[] Graphs()
    {
        if (!Options.Graphs) return [];
        _graphs.Add(new GraphedSteps());
        return [_graphs[^1]];
    }

    private Callback[] Profilers()
    {
        if (!Options.Profile) return [];
        _profilers.Add(new Profiler());
        return [_profilers[^1]];
    }

    private string CheckpointFile(string stage) => System.IO.Path.Combine(_team?.Folder ?? Folder.Path, RunFolder.Checkpoints, stage + ".checkpoint");
}
