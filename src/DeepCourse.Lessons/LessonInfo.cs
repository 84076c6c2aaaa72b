using System.Reflection;

namespace DeepCourse.Lessons;

/// <summary>What a lesson is called and which values its options have when nobody gives them.</summary>
public sealed class LessonInfo
{
    /// <summary>Describes a lesson.</summary>
    /// <param name="title">Title of lesson and report.</param>
    /// <param name="epochs">Epochs without <c>--epochs</c>.</param>
    /// <param name="batchSize">Items per batch without <c>--batch-size</c>.</param>
    /// <param name="learningRate">Rate without <c>--learning-rate</c>.</param>
    /// <param name="size">Picture side in pixels (or sequence length) without <c>--size</c>.</param>
    /// <param name="name">Name of the run folder and of the command; by default the project's <c>LessonName</c>, else from the program's name, <c>Lesson08.LargestObject</c> being <c>lesson08</c>.</param>
    public LessonInfo(string title, int epochs = 1, int batchSize = 64, double learningRate = 1e-3, int size = 128, string? name = null)
    {
        (Title, Epochs, BatchSize, LearningRate, Size) = (title, epochs, batchSize, learningRate, size);
        Name = name ?? NameOf(Assembly.GetEntryAssembly());
    }

    /// <summary>Title of lesson and report.</summary>
    public string Title { get; }

    /// <summary>Name of the run folder and of the command.</summary>
    public string Name { get; }

    /// <summary>Epochs without <c>--epochs</c>.</summary>
    public int Epochs { get; }

    /// <summary>Epochs of a <c>--smoke</c> run without <c>--epochs</c>.</summary>
    public int SmokeEpochs { get; init; } = 1;

    /// <summary>Items per batch without <c>--batch-size</c>.</summary>
    public int BatchSize { get; }

    /// <summary>Rate without <c>--learning-rate</c>.</summary>
    public double LearningRate { get; }

    /// <summary>Picture side in pixels (or sequence length) without <c>--size</c>.</summary>
    public int Size { get; }

    /// <summary>Whether bf16 is as good as fp32 for this lesson, and so the choice, without <c>--precision</c>, on devices that
    /// multiply in it.</summary>
    public bool IsFineInNarrow { get; init; }

    /// <summary>One or two sentences for <c>--help</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>Names that <c>--data</c> takes, the default first; empty takes any.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>What is different for some of the data sets, by name.</summary>
    public IReadOnlyDictionary<string, DataDefaults> Defaults { get; init; } = new Dictionary<string, DataDefaults>();

    /// <summary>What follows from the lesson's own options, whose values it can ask for; null where nothing does.</summary>
    public Func<Func<LessonOption, object?>, ChosenDefaults>? Chosen { get; init; }

    /// <summary>Options of this lesson alone; a few at most.</summary>
    public IReadOnlyList<LessonOption> Options { get; init; } = [];

    /// <summary>Commands beside training, such as <c>study</c>, <c>predict</c> or <c>find-lr</c>.</summary>
    public IReadOnlyList<LessonCommand> Commands { get; init; } = [];

    private static string NameOf(Assembly? program) =>
        program?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "LessonName")?.Value
        ?? (program?.GetName().Name ?? "lesson").Split('.')[0].ToLowerInvariant();
}
