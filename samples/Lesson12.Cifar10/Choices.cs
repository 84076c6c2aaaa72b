using DeepCourse.Lessons;
using DeepCourse.Vision.Classification;

namespace Lesson12;

/// <summary>The lesson's own options: which network, and which tricks.</summary>
internal static class Choices
{
    private const string Automatic = "auto";
    private const int SmokeBatch = 100;

    internal static LessonOption<string> Model { get; } = LessonOption.Choice("--model", "Which network", Network.All[0].Name, [.. Network.All.Select(network => network.Name)]);

    internal static LessonOption<int> Width { get; } = LessonOption.Of("--width", "How wide the network is; 0 takes its own width for the device", 0);

    internal static LessonOption<string> Optimizer { get; } = LessonOption.Choice("--optimizer", "What makes the steps", Automatic, Automatic, "muon", "sgd");

    internal static LessonOption<string> Schedule { get; } = LessonOption.Choice("--schedule", "How the rate goes: straight down, one cycle, or the DAWNBench phases", Automatic, Automatic, "linear", "one-cycle", "dawnbench");

    internal static LessonOption<double> Smoothing { get; } = LessonOption.Number("--label-smoothing", "The probability that goes to all classes alike", 0.2, 0, 0.9);

    internal static LessonOption<double> MixUp { get; } = LessonOption.Number("--mixup", "Strength of mixing pairs of pictures; 0 mixes none", 0, 0, 10);

    internal static LessonOption<int> Cutout { get; } = LessonOption.Of("--cutout", "Side of a blanked square, in pixels; 0 blanks nothing", 0);

    internal static LessonOption<string> Mirror { get; } = LessonOption.Choice("--mirror", "Which pictures are mirrored", "alternating", "none", "random", "alternating");

    internal static LessonOption<int> Shift { get; } = LessonOption.Of("--shift", "By how many pixels pictures move at most", 2);

    internal static LessonOption<double> Small { get; } = LessonOption.Number("--small-first", "The share of the epochs, the first ones, with pictures of three quarters of the size", 0.5, 0, 1);

    internal static LessonOption<string> Views { get; } = LessonOption.Choice("--tta", "How the test pictures are looked at: as they are, mirrored too, moved by a pixel too", "moved", "none", "mirrored", "moved");

    internal static LessonOption<string> Average { get; } = LessonOption.Choice("--average", "What averages the weights", "none", "none", "ema", "swa");

    internal static LessonOption<bool> Speedrun { get; } = LessonOption.Of("--speedrun", "The whole recipe of the record, several times: mean accuracy and mean time", false);

    internal static LessonOption<int> Runs { get; } = LessonOption.Of("--runs", "How often --speedrun trains; 0 is ten times on a GPU and once on a CPU", 0);

    internal static IReadOnlyList<LessonOption> All => [Model, Width, Optimizer, Schedule, Smoothing, MixUp, Cutout, Mirror, Shift, Small, Views, Average, Speedrun, Runs];

    /// <summary>The recipe that the command line asks for.</summary>
    internal static Recipe Recipe(LessonContext lesson)
    {
        var network = Network.Find(lesson.Value(Model));
        var usesMuon = UsesMuon(network, lesson.Value(Optimizer));
        if (lesson.Value(Width) < 0 || lesson.Value(Shift) is < 0 or > 15 || lesson.Value(Cutout) is < 0 or > 32 || lesson.Value(Runs) < 0)
            throw new UsageException("--width and --runs are not negative, --shift is 0 to 15 and --cutout 0 to 32");
        if (lesson.Size < network.SmallestSize) throw new UsageException($"--size: {network.Name} needs pictures of at least {network.SmallestSize} px");
        return new Recipe(network)
        {
            Width = lesson.Value(Width) is > 0 and var width ? width : network.WidthOn(lesson.Device, lesson.Smoke),
            Epochs = lesson.Epochs,
            BatchSize = lesson.Smoke ? Math.Min(lesson.BatchSize, SmokeBatch) : lesson.BatchSize,
            Rate = lesson.LearningRate,
            UsesMuon = usesMuon,
            Schedule = lesson.Value(Schedule) is var schedule && schedule == Automatic ? network.Schedule : schedule,
            Smoothing = lesson.Value(Smoothing),
            MixUp = lesson.Value(MixUp),
            Augmentation = new(Enum.Parse<Mirroring>(lesson.Value(Mirror), ignoreCase: true), lesson.Value(Shift), lesson.Value(Cutout)),
            Size = lesson.Size,
            SmallShare = lesson.Value(Small),
            Views = lesson.Value(Views),
            Average = lesson.Value(Average),
        };
    }

    /// <summary>Batch and rate where nobody gives them: those of the network and of what makes its steps.</summary>
    /// <param name="value">The value of an option.</param>
    internal static ChosenDefaults Defaults(Func<LessonOption, object?> value)
    {
        var network = Network.Find((string)value(Model)!);
        return new(network.BatchSize, network.RateOf(UsesMuon(network, (string)value(Optimizer)!)));
    }

    private static bool UsesMuon(Network network, string optimizer) => optimizer == Automatic ? network.UsesMuon : optimizer == "muon";
}
