using DeepCourse.Lessons;
using DeepCourse.Training.Ablation;
using DeepCourse.Vision.Classification;

namespace Lesson12;

/// <summary><c>study</c>: what each trick is worth in a short training.</summary>
internal static class Study
{
    private static readonly Switch<Recipe>[] switches =
    [
        new("no whitening", recipe => recipe with { Whitens = false }),
        new("SGD instead of Muon", recipe => recipe with { UsesMuon = false, Rate = recipe.Network.Rate }),
        new("one cycle", recipe => recipe with { Schedule = "one-cycle" }),
        new("DAWNBench phases", recipe => recipe with { Schedule = "dawnbench" }),
        new("random mirroring", recipe => recipe with { Augmentation = recipe.Augmentation with { Mirroring = Mirroring.Random } }),
        new("no augmentation", recipe => recipe with { Augmentation = PictureAugmentation.None }),
        new("no label smoothing", recipe => recipe with { Smoothing = 0 }),
        new("mixup", recipe => recipe with { MixUp = 0.4 }),
        new("cutout", recipe => recipe with { Augmentation = recipe.Augmentation with { Cutout = 12 } }),
        new("full size from the start", recipe => recipe with { SmallShare = 0 }),
        new("no views", recipe => recipe with { Views = "none" }),
        new("moving average of weights", recipe => recipe with { Average = "ema" }),
    ];

    internal static void Run(LessonContext lesson)
    {
        var recipe = Choices.Recipe(lesson) with { Validates = false };
        using var data = PictureData.Load(lesson);
        var study = new Ablation<Recipe>(
            "lesson 12", recipe, switches,
            [new("test_accuracy") { Title = "test accuracy", Format = "0.0%" }, new("training_seconds") { Title = "seconds", Format = "0", HigherIsBetter = false }])
        {
            Settings = new Dictionary<string, string> { ["model"] = recipe.Network.Name, ["width"] = $"{recipe.Width}", ["batch"] = $"{recipe.BatchSize}", ["recipe"] = recipe.InWords, ["precision"] = lesson.Options.Precision },
        };
        lesson.Study(study, run =>
        {
            using var result = Training.Train(lesson, data, run.Recipe with { Seed = run.Seed, Key = run.Key });
            return new Dictionary<string, double>
            {
                ["test_accuracy"] = Math.Round(result.Judgement.Accuracy, 4),
                ["training_seconds"] = Math.Round(result.Seconds, 1),
            };
        });
    }
}
