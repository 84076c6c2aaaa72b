using DeepCourse.Lessons;
using DeepCourse.Training.Ablation;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Heads;

namespace Lesson09.SingleShot;

/// <summary>What each choice in the best recipe is worth: one thing changed at a time, each with several seeds.</summary>
internal static class Study
{
    private static readonly DistributionCoding coding = new(NanoDetHead.PublishedBins);

    private static readonly Switch<Recipe>[] switches =
    [
        new("focal loss", recipe => recipe with { Loss = _ => MatchedLoss.AnchorFree(coding: coding, scores: ScoreLoss.Focal()) }),
        new("binary cross-entropy", recipe => recipe with { Loss = _ => MatchedLoss.AnchorFree(coding: coding, scores: ScoreLoss.BinaryCrossEntropy) }),
        new("hard negatives, 3 to 1", recipe => recipe with { Loss = _ => MatchedLoss.AnchorFree(coding: coding, scores: ScoreLoss.HardNegatives()) }),
        new("L1 for boxes", recipe => recipe with { Loss = _ => MatchedLoss.AnchorFree(coding: coding, boxes: BoxLoss.L1) }),
        new("no augmentation", recipe => recipe with { Augmenter = Augmenter.None }),
        new("body from scratch", recipe => recipe with { Pretrained = false }),
    ];

    internal static void Run(LessonContext lesson)
    {
        var set = AnnotatedSet.Load(lesson);
        AblationMetric[] metrics =
        [
            .. from test in set.Tests
               from measure in new[] { (Name: "map50", Title: "mAP@.5"), (Name: "map50_95", Title: "mAP@.5:.95") }
               select new AblationMetric($"{test.Name}_{measure.Name}") { Title = $"{measure.Title}, {test.Name}" },
        ];
        lesson.Study(new Ablation<Recipe>("lesson 9", SingleShotRecipes.AnchorFree, switches, metrics), run =>
        {
            using var result = (run.Recipe with { Key = run.Key, SeedOffset = run.Seed }).Train(lesson, set);
            return result.Scores
                .SelectMany(scores => new[] { ($"{scores.Test.Name}_map50", scores.Map50), ($"{scores.Test.Name}_map50_95", scores.Map) })
                .ToDictionary(score => score.Item1, score => Math.Round(score.Item2, 4));
        });
    }
}
