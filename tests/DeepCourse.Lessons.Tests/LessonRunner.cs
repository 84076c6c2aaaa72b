using DeepCourse.Lessons;
using Spectre.Console;

namespace DeepCourse.Tests.Lessons;

/// <summary>Runs a small lesson in this process, in a folder of its own, with what it says caught.</summary>
internal sealed class LessonRunner : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public LessonRunner() => Runs = Directory.CreateTempSubdirectory("deepcourse-lessons-").FullName;

    public string Runs { get; }

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    public string Latest(string file) => Path.Combine(Runs, "tiny", "latest", file);

    public LessonOption<string> Backbone { get; } = LessonOption.Choice("--backbone", "Pretrained network", "small", "small", "large");

    public LessonOption<double> Mix { get; } = LessonOption.Of("--mix", "How much to mix", 0.5);

    public LessonOption<string> Input { get; } = LessonOption.Required("--input", "What to look at", "DIR|FILE");

    public LessonOption<string?> Classes { get; } = LessonOption.Text("--classes", "Names of the classes", "FILE");

    public LessonOption<double> Threshold { get; } = LessonOption.Number("--threshold", "Least score to show", 0.3, 0, 1);

    public LessonInfo Info => new("Tiny", epochs: 8, batchSize: 16, learningRate: 4e-4, size: 64, name: "tiny")
    {
        Data = ["scenes", "voc"],
        Defaults = new Dictionary<string, DataDefaults> { ["voc"] = new(Epochs: 3, Size: 32) },
        SmokeEpochs = 2,
        Options = [Backbone, Mix],
        Chosen = value => Equals(value(Backbone), "large") ? new(BatchSize: 4, LearningRate: 1e-3) : new(),
        Commands =
        [
            new LessonCommand("study", "Compares", lesson => lesson.Metric("study", 1)),
            new LessonCommand("detect", "Looks", lesson => Context = lesson) { Options = [Input, Classes, Threshold], HasOwnRuns = true },
        ],
    };

    /// <summary>The context of the last run.</summary>
    public LessonContext Context { get; private set; } = null!;

    public int Run(string arguments, Action<LessonContext>? body = null, TimeProvider? time = null, bool interactive = false)
    {
        var console = new LessonConsole(Console(_output, interactive), Console(_errors, interactive));
        return Lesson.Run(["--out", Runs, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Info, lesson =>
        {
            Context = lesson;
            body?.Invoke(lesson);
        }, console, time ?? TimeProvider.System);
    }

    public void Dispose() => Directory.Delete(Runs, recursive: true);

    private static IAnsiConsole Console(StringWriter writer, bool interactive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = interactive ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
        });
        console.Profile.Width = 160;
        return console;
    }
}
