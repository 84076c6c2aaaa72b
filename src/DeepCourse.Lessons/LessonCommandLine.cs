using System.CommandLine;

namespace DeepCourse.Lessons;

/// <summary>The command line of a lesson: the shared options, declared here once, and the lesson's own.</summary>
internal sealed class LessonCommandLine
{
    private readonly Option<string> _data;
    private readonly Option<string?> _path = Text("--path", "Folder of your own data", "DIR");
    private readonly Option<int> _epochs;
    private readonly Option<int> _batchSize;
    private readonly Option<double> _learningRate;
    private readonly Option<int> _size;
    private readonly Option<string> _device = Value("--device", "auto, cpu, cuda or cuda:N", "auto");
    private readonly Option<int> _seed = Value("--seed", "Seed of everything random", 42);
    private readonly Option<string> _out = Value("--out", "Folder for run folders", "runs");
    private readonly Option<string?> _weights = Text("--weights", "Weights to start from (.safetensors, .pth)", "FILE");
    private readonly Option<string> _precision;
    private readonly Option<int> _workers = Value("--workers", "Background threads that load data, in each process", Math.Max(1, Cores.OfProcess)).AtLeast(0);
    private readonly Option<int> _processes = Value("--processes", "Processes on this machine that train together, each with its part of every batch", 1).AtLeast(1);
    private readonly Option<bool> _smoke = Value("--smoke", "A run of seconds on generated data, to see that everything works", false);
    private readonly Option<bool> _profile = Value("--profile", "Measure where the time of each fit goes: tables in the report, traces for chrome://tracing or ui.perfetto.dev", false);
    private readonly Option<bool> _graphs = Value("--graphs", "Record training steps as CUDA graphs and repeat them: faster where a network is small for its GPU", false);
    private readonly Option<string[]> _expect = new("--expect") { Description = "End with exit code 3 unless it holds, such as 'class_accuracy>=0.75'; may be given several times", HelpName = "BAR", Recursive = true };
    private readonly Option<string?> _resume = Text("--resume", "Continue a run that was stopped: its folder, by default the latest", "DIR");
    private readonly Option<string?> _options = Text("--options", "Take the options of an earlier run from its options.json; those given here win", "FILE");
    private readonly Option<bool> _verbose = Value("--verbose", "Print the stack trace of an error", false);
    private readonly LessonInfo _info;

    public LessonCommandLine(LessonInfo info)
    {
        _info = info;
        _data = Value("--data", info.Data.Count > 0 ? "Data set" : "Data set, if the lesson has several", info.Data.Count > 0 ? info.Data[0] : "default");
        if (info.Data.Count > 0) _data.AcceptOnlyFromAmong([.. info.Data]);
        _epochs = Value("--epochs", "Passes over the training data", info.Epochs).AtLeast(1);
        _batchSize = Value("--batch-size", "Items per batch", info.BatchSize).AtLeast(1);
        _learningRate = Value("--learning-rate", "Highest learning rate", info.LearningRate).Positive();
        _size = Value("--size", "Picture side in pixels, or sequence length", info.Size).AtLeast(1);
        _precision = Value("--precision", "fp32; mixed precision: bf16, or fp16 on a GPU; auto: bf16 where the device multiplies in it", info.IsFineInNarrow ? Precision.Automatic : Precision.Full)
            .AcceptOnly(Precision.Automatic, Precision.Full, Precision.BFloat16, Precision.Float16);
        _resume.Arity = ArgumentArity.ZeroOrOne;

        Root = new RootCommand($"{info.Title}. {info.Description}".TrimEnd());
        Root.Add(new Command("train", "Trains (the default)"));
        foreach (var option in Shared.Concat(info.Options.Select(o => o.Parsed))) Root.Add(option);
        foreach (var command in info.Commands)
        {
            var parsed = new Command(command.Name, command.Description);
            foreach (var option in command.Options)
            {
                if (Root.Options.Any(known => known.Name == option.Parsed.Name))
                    throw new ArgumentException($"the command '{command.Name}' declares {option.Parsed.Name}, which every command of the lesson has", nameof(info));
                parsed.Add(option.Parsed);
            }
            Root.Add(parsed);
        }
        Root.SetAction(_ => ExitCode.Success);
        foreach (var command in Root.Subcommands) command.SetAction(_ => ExitCode.Success);
    }

    public RootCommand Root { get; }

    private IEnumerable<Option> Shared =>
        [_data, _path, _epochs, _batchSize, _learningRate, _size, _device, _seed, _out, _weights, _precision, _workers, _processes, _smoke, _profile, _graphs, _expect, _resume, _options, _verbose];

    /// <summary>Parses, taking the options of an earlier run where <c>--options</c> or <c>--resume</c> says so.</summary>
    public ParseResult Parse(IReadOnlyList<string> args)
    {
        var parsed = Root.Parse(args);
        if (parsed.Errors.Count > 0) return parsed;
        var file = parsed.GetValue(_options) ?? (ResumedFolder(parsed) is { } folder ? System.IO.Path.Combine(folder, RunFolder.OptionsFile) : null);
        if (file is null) return parsed;
        // System.CommandLine takes the last of a repeated option only for lists, so earlier ones that are given again are dropped.
        var given = parsed.CommandResult.Command == Root ? null : parsed.CommandResult.Command.Name;
        var earlier = OptionsFile.Read(file);
        List<string> all = given is null && earlier.Command is { } command ? [command, .. args] : [.. args];
        foreach (var (name, values) in earlier.Options)
        {
            var option = Root.Options.Concat(OwnOptions(given ?? earlier.Command)).FirstOrDefault(o => o.Name == name);
            if (option is null || parsed.GetResult(option) is { Implicit: false }) continue;
            foreach (var value in values) all.AddRange([name, value]);
        }
        return Root.Parse(all);
    }

    /// <summary>The command that was chosen; null for training.</summary>
    public LessonCommand? Chosen(ParseResult parsed) => CommandOf(parsed.CommandResult.Command.Name);

    /// <summary>Checks that what has no default was given.</summary>
    /// <exception cref="UsageException">Something was not.</exception>
    public void RequireAll(ParseResult parsed)
    {
        foreach (var option in _info.Options.Concat(Chosen(parsed)?.Options ?? []))
            if (option.IsRequired && parsed.GetResult(option.Parsed) is null or { Implicit: true })
                throw new UsageException($"{Chosen(parsed)?.Name ?? "this lesson"} needs {option.Parsed.Name} {option.Parsed.HelpName}");
    }

    /// <summary>The options' values.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="data">Another data set than the one asked for, with its defaults.</param>
    public LessonOptions Read(ParseResult parsed, string? data = null)
    {
        data ??= parsed.GetValue(_data)!;
        var (ofData, chosen) = (_info.Defaults.GetValueOrDefault(data) ?? new(), _info.Chosen?.Invoke(option => Value(parsed, option)) ?? new());
        return Options(parsed, data, ofData, chosen);
    }

    private LessonOptions Options(ParseResult parsed, string data, DataDefaults ofData, ChosenDefaults chosen) => new()
    {
        Data = data,
        Path = parsed.GetValue(_path),
        Epochs = Given(parsed, _epochs) ?? (parsed.GetValue(_smoke) ? _info.SmokeEpochs : ofData.Epochs ?? _info.Epochs),
        BatchSize = Given(parsed, _batchSize) ?? chosen.BatchSize ?? _info.BatchSize,
        LearningRate = Given(parsed, _learningRate) ?? chosen.LearningRate ?? _info.LearningRate,
        Size = Given(parsed, _size) ?? ofData.Size ?? _info.Size,
        Device = parsed.GetValue(_device)!,
        Seed = parsed.GetValue(_seed),
        Out = parsed.GetValue(_out)!,
        Weights = parsed.GetValue(_weights),
        Precision = parsed.GetValue(_precision)!,
        Workers = parsed.GetValue(_workers),
        Processes = parsed.GetValue(_processes),
        Smoke = parsed.GetValue(_smoke),
        Profile = parsed.GetValue(_profile),
        Graphs = parsed.GetValue(_graphs),
        Expect = [.. (parsed.GetValue(_expect) ?? []).Select(Expectation.Parse)],
        Resume = ResumedFolder(parsed),
        Verbose = parsed.GetValue(_verbose),
    };

    /// <summary>The value of one of the lesson's own options.</summary>
    public object? Value(ParseResult parsed, LessonOption option) => _info.Options.Concat(Chosen(parsed)?.Options ?? []).Contains(option)
        ? parsed.GetResult(option.Parsed)?.GetValueOrDefault<object?>()
        : throw new InvalidOperationException($"{option.Parsed.Name} is no option of {parsed.CommandResult.Command.Name}: list it in LessonInfo.Options, or in those of the command");

    /// <summary>Every option with its value, as words to type again; bars, folders and switches of the run itself are left out.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="options">What it means, as <see cref="Read"/> said.</param>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Words(ParseResult parsed, LessonOptions options)
    {
        var words = new List<(string, IReadOnlyList<string>)>();
        foreach (var option in Shared.Except([_out, _profile, _expect, _resume, _options, _verbose]).Concat(_info.Options.Select(o => o.Parsed)).Concat(OwnOptions(Chosen(parsed)?.Name)))
        {
            var value = parsed.GetResult(option) is { } result ? result.GetValueOrDefault<object?>() : null;
            if (option == _epochs) value = options.Epochs;
            if (option == _size) value = options.Size;
            if (option == _batchSize) value = options.BatchSize;
            if (option == _learningRate) value = options.LearningRate;
            if (option == _data) value = options.Data;
            if (option == _precision) value = options.Precision;
            if (OptionsFile.Word(value) is { } word) words.Add((option.Name, [word]));
        }
        return words;
    }

    /// <summary>Name of the folder that holds this command's runs.</summary>
    public string RunsName(ParseResult parsed) => Chosen(parsed) is { HasOwnRuns: true } command ? $"{_info.Name}-{command.Name}" : _info.Name;

    private static T? Given<T>(ParseResult parsed, Option<T> option)
        where T : struct => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;

    private LessonCommand? CommandOf(string? name) => _info.Commands.FirstOrDefault(command => command.Name == name);

    private IEnumerable<Option> OwnOptions(string? command) => CommandOf(command)?.Options.Select(option => option.Parsed) ?? [];

    private string? ResumedFolder(ParseResult parsed) => parsed.GetResult(_resume) is null
        ? null
        : parsed.GetValue(_resume) ?? System.IO.Path.Combine(parsed.GetValue(_out)!, RunsName(parsed), RunFolder.Latest);

    private static Option<T> Value<T>(string name, string description, T defaultValue) =>
        new(name) { Description = description, DefaultValueFactory = _ => defaultValue, Recursive = true };

    private static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, Recursive = true };
}
