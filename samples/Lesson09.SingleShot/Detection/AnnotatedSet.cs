using DeepCourse.Data;
using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Datasets.Scenes;

namespace Lesson09;

/// <summary>Pictures to judge by, kept apart because they answer a question of their own.</summary>
internal sealed record TestSet(string Name, string Question, AnnotatedImages Images);

/// <summary>The annotated pictures of a run.</summary>
internal sealed record AnnotatedSet(string Title, bool IsSynthetic, AnnotatedImages Training, IReadOnlyList<TestSet> Tests)
{
    private const int SmokeTraining = 24;
    private const int SmokeTest = 8;

    /// <summary>Whether pictures have an upright side: not under a microscope.</summary>
    internal bool HasUpright => !IsBloodCells;

    internal bool IsBloodCells { get; init; }

    internal IReadOnlyList<string> Classes => Training.Classes;

    internal IEnumerable<SkippedItem> Skipped => Training.Skipped.Concat(Tests.SelectMany(test => test.Images.Skipped));

    /// <summary>There are thirteen times as many scenes as blood pictures, and they are small.</summary>
    internal static IReadOnlyDictionary<string, DataDefaults> Defaults { get; } =
        new Dictionary<string, DataDefaults> { ["scenes"] = new(Epochs: 6, Size: 148) };

    internal static AnnotatedSet Load(LessonContext lesson)
    {
        if (lesson.Data != "voc" && lesson.Path is not null) throw new UsageException("--path is for a folder in VOC's layout: add --data voc");
        var store = DatasetStore.FromEnvironment();
        var set = lesson.Smoke ? OfScenes(Scenes.Generate(store, SceneOptions.Few, lesson.Fetching, lesson.Cancellation)) : lesson.Data switch
        {
            "bccd" => BloodCellsOrScenes(lesson, store, "trainval", "test"),
            "bccd-val" => BloodCellsOrScenes(lesson, store, "train", "val"),
            "scenes" => OfScenes(Scenes.Load(store, null, lesson.Fetching, lesson.Cancellation)),
            _ => PascalVocFolder(lesson),
        };
        if (lesson.Smoke)
            set = set with { Training = Few(set.Training, SmokeTraining), Tests = [.. set.Tests.Select(test => test with { Images = Few(test.Images, SmokeTest) })] };
        foreach (var skipped in set.Skipped) lesson.Console.Warn($"left out: {skipped.Item}: {skipped.Reason}");
        return set;
    }

    private static AnnotatedSet BloodCellsOrScenes(LessonContext lesson, DatasetStore store, string learn, string judge)
    {
        try
        {
            var training = BloodCells.Load(store, learn, progress: lesson.Fetching, cancellation: lesson.Cancellation);
            var test = BloodCells.Load(store, judge);
            return new($"BCCD blood cells, {learn}", false, training, [new(judge, $"the set's own list '{judge}'", test)]) { IsBloodCells = true };
        }
        catch (DatasetUnavailableException unavailable)
        {
            lesson.Console.Warn($"{unavailable.Message} Scenes are used instead.");
            lesson.FallBackTo("scenes");
            return OfScenes(Scenes.Load(store, null, lesson.Fetching, lesson.Cancellation));
        }
    }

    private static AnnotatedSet PascalVocFolder(LessonContext lesson)
    {
        var folder = lesson.Path ?? throw new UsageException("--data voc needs the folder that holds JPEGImages and Annotations: --path ~/data/VOCdevkit/VOC2007");
        var options = new PascalVocOptions { Classes = PascalVoc.FindClasses(folder), Faults = lesson.Value(LessonChoices.SkipBad) ? UnreadableItems.Skip : UnreadableItems.Throw };
        return new(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), false, PascalVoc.Read(folder, "train", options),
            [new("val", "the folder's own validation list", PascalVoc.Read(folder, "val", options))]);
    }

    private static AnnotatedSet OfScenes(SceneSet scenes) => new(
        scenes.Title, scenes.IsSynthetic, scenes.ToImages(scenes.Training),
        [
            new("seen", "known objects in new scenes", scenes.ToImages(scenes.Seen)),
            new("unseen", "objects never seen in training", scenes.ToImages(scenes.Unseen)),
        ]);

    private static AnnotatedImages Few(AnnotatedImages images, int count) =>
        new(images.Title, images.Classes, [.. Enumerable.Range(0, Math.Min(count, images.Count)).Select(i => images[i])]);
}
