using DeepCourse.Lessons;
using DeepCourse.Training.Ablation;

namespace Lesson08.LargestObject;

/// <summary>What the pretrained body is worth, and what two tasks give each other: each with several seeds.</summary>
internal static class Study
{
    private const string TwiceAsLong = "both, twice as long";

    private sealed record Recipe(Stage Stage, bool Pretrained);

    private static readonly Switch<Recipe>[] switches =
    [
        new("class alone", recipe => recipe with { Stage = Stage.What }),
        new("box alone", recipe => recipe with { Stage = Stage.Where }),
        new(TwiceAsLong, recipe => recipe with { Stage = Stage.Both }),
        new(TwiceAsLong + ", from scratch", recipe => recipe with { Pretrained = false }) { Against = TwiceAsLong },
    ];

    internal static void Run(LessonContext lesson)
    {
        using var body = Bodies.Make(lesson);
        using var data = PictureData.Load(lesson, body.Statistics);
        using var pretrainedFeatures = CachedFeatures.Of(lesson, data, body);
        AblationMetric[] metrics =
        [
            .. data.Halves.Select(half => new AblationMetric($"{half.Name}_accuracy") { Title = $"class accuracy, {half.Name}" }),
            .. data.Halves.Select(half => new AblationMetric($"{half.Name}_iou") { Title = $"mean IoU, {half.Name}" }),
        ];
        var study = new Ablation<Recipe>("lesson 8", new(Stage.Both with { Length = 1 }, Pretrained: true), switches, metrics) { BaseName = "both" };
        lesson.Study(study, run =>
        {
            random.manual_seed(lesson.Seed + run.Seed);
            var start = Bodies.Make(lesson, run.Recipe.Pretrained);
            // A body from scratch trains on from the weights that its own features were made with.
            using var ownFeatures = run.Recipe.Pretrained ? null : CachedFeatures.Of(lesson, data, start);
            var stage = run.Recipe.Stage with { Key = run.Key };
            var values = new Dictionary<string, double>();
            foreach (var half in stage.Train(lesson, data, ownFeatures ?? pretrainedFeatures, start).Halves)
            {
                if (stage.AsksWhat) values[$"{half.Half.Name}_accuracy"] = Math.Round(half.ClassAccuracy, 4);
                if (stage.AsksWhere) values[$"{half.Half.Name}_iou"] = Math.Round(half.MeanIoU, 4);
            }
            return values;
        });
    }
}
