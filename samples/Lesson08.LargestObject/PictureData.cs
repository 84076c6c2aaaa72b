using DeepCourse.Data;
using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;
using DeepCourse.Vision;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Datasets.Scenes;
using DeepCourse.Vision.Detection;

namespace Lesson08.LargestObject;

/// <summary>A half of the validation pictures, kept apart because it answers a question of its own.</summary>
internal sealed record ValidationHalf(string Name, string Question, IReadOnlyList<Item> Items, ILoader<Tensor, Targets> Batches);

/// <summary>The lesson's pictures: where they come from, and how they become batches.</summary>
internal sealed class PictureData : IDisposable
{
    private readonly Loaders<Tensor, Targets> _loaders;

    private PictureData(
        string title, bool isSynthetic, IReadOnlyList<string> classes, Loaders<Tensor, Targets> loaders,
        ILoader<Tensor, Targets> ordered, IReadOnlyList<ValidationHalf> halves) =>
        (Title, IsSynthetic, Classes, _loaders, OrderedTraining, Halves) = (title, isSynthetic, classes, loaders, ordered, halves);

    internal string Title { get; }

    internal bool IsSynthetic { get; }

    internal IReadOnlyList<string> Classes { get; }

    /// <summary>Augmented pictures to learn from, and the first half to judge by.</summary>
    internal Loaders<Tensor, Targets> Loaders => _loaders;

    /// <summary>The training pictures in their own order, augmented anew in each epoch: for cached features.</summary>
    internal ILoader<Tensor, Targets> OrderedTraining { get; }

    internal IReadOnlyList<ValidationHalf> Halves { get; }

    internal static PictureData Load(LessonContext lesson, ImageStatistics statistics)
    {
        if (lesson.Data == "voc" && !lesson.Smoke) return PascalVocFolder(lesson, statistics);
        if (lesson.Data != "voc" && lesson.Path is not null) throw new UsageException("--path is for a folder in VOC's layout: add --data voc");
        var store = DatasetStore.FromEnvironment();
        var scenes = lesson.Smoke
            ? Scenes.Generate(store, SceneOptions.Few, lesson.Fetching, lesson.Cancellation)
            : Scenes.Load(store, null, lesson.Fetching, lesson.Cancellation);
        return Of(lesson, statistics, scenes.Title, scenes.IsSynthetic, scenes.Classes, Items(scenes, scenes.Training),
        [
            ("seen", "known objects in new scenes", Items(scenes, scenes.Seen)),
            ("unseen", "objects never seen in training", Items(scenes, scenes.Unseen)),
        ]);
    }

    public void Dispose() => _loaders.Dispose();

    private static PictureData PascalVocFolder(LessonContext lesson, ImageStatistics statistics)
    {
        var folder = lesson.Path ?? throw new UsageException("--data voc needs the folder that holds JPEGImages and Annotations: --path ~/data/VOCdevkit/VOC2007");
        var options = new PascalVocOptions { Classes = PascalVoc.FindClasses(folder), Faults = UnreadableItems.Skip };
        var (training, validation) = (PascalVoc.Read(folder, "train", options), PascalVoc.Read(folder, "val", options));
        foreach (var skipped in training.Skipped.Concat(validation.Skipped)) lesson.Console.Warn($"left out: {skipped.Item}: {skipped.Reason}");
        return Of(lesson, statistics, training.Title, isSynthetic: false, training.Classes, Items(training), [("val", "the folder's own validation list", Items(validation))]);
    }

    private static Item[] Items(AnnotatedImages images) =>
    [
        .. from largest in images.LargestObjects().AsList()
           select new Item(largest.Picture.Name, new(images.Classes[largest.Class], largest.Box)),
    ];

    private static PictureData Of(
        LessonContext lesson, ImageStatistics statistics, string title, bool isSynthetic, IReadOnlyList<string> classes,
        IReadOnlyList<Item> training, IReadOnlyList<(string Name, string Question, IReadOnlyList<Item> Items)> validation)
    {
        var block = DataBlock.Of(
            new ImageBlock(lesson.Size), TargetBlock(classes),
            (Item item) => ImageSource.FromFile(item.Path), item => item.Object, item => item.Path);
        var options = new LoaderOptions(lesson.BatchSize) { Seed = lesson.Seed, Workers = lesson.Workers, Device = lesson.Device };
        var augmenter = new Augmenter(
            new Flip(), Rotate.UpTo(12), new Zoom(0.85, 1.2), Shift.UpTo(0.08),
            Lighting.UpTo(0.3), Contrast.UpTo(0.3), Saturation.UpTo(0.4), Hue.UpTo(20));
        ILoader<Tensor, Targets> Augmented(LoaderOptions how, Augmenter augmenter, IReadOnlyList<Item> items) => new AugmentedLoader<Targets>(
            block.LoadAll(items, how), augmenter, statistics, lesson.Seed, (targets, draw) => targets with { Boxes = draw.ToBoxes(targets.Boxes).Boxes });

        ValidationHalf[] halves =
            [.. validation.Select(half => new ValidationHalf(half.Name, half.Question, half.Items, Augmented(options, Augmenter.None, half.Items)))];
        var train = Augmented(options with { Sampler = Sampler.Shuffled, DropLast = true }, augmenter, training);
        return new(title, isSynthetic, classes, new(train, halves[0].Batches), Augmented(options, augmenter, training), halves);
    }

    private static PairBlock<LargestObject, Targets, string, long, Tensor, UnitBox, float[], Tensor> TargetBlock(
        IReadOnlyList<string> classes) => new(
            new CategoryBlock(classes), new BoxBlock(),
            new(largest => largest.Class, largest => largest.Box, (name, box) => new(name, box)),
            new(targets => targets.Classes, targets => targets.Boxes, (names, boxes) => new(names, boxes)));

    private static Item[] Items(SceneSet set, IReadOnlyList<Scene> scenes) =>
    [
        .. scenes.Select(scene => new Item(
            scene.Picture,
            new(set.Classes[scene.Largest.Class], scene.Largest.Box.ToUnit(new(set.SizeInPixels, set.SizeInPixels))))),
    ];
}
