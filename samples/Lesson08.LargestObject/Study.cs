using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Tensors;

namespace Lesson08.LargestObject;

/// <summary>What the pretrained body is worth, and what two tasks give each other: each with several seeds.</summary>
internal static class Study
{
    private const int Seeds = 3;

    private sealed record Trial(string Name, Stage Stage, bool Pretrained);

    private static readonly Trial[] trials =
    [
        new("class alone", Stage.What, Pretrained: true),
        new("box alone", Stage.Where, Pretrained: true),
        new("both", Stage.Both with { Length = 1 }, Pretrained: true),
        new("both, twice as long", Stage.Both, Pretrained: true),
        new("both, twice as long, from scratch", Stage.Both, Pretrained: false),
    ];

    internal static void Run(LessonContext lesson)
    {
        using var body = Bodies.Make(lesson);
        using var data = PictureData.Load(lesson, body.Statistics);
        using var pretrainedFeatures = CachedFeatures.Of(lesson, data, body);
        var results = new List<(Trial Trial, int Seed, StageResult Result)>();
        for (var seed = 0; seed < Seeds; seed++)
            foreach (var trial in trials)
            {
                random.manual_seed(lesson.Seed + seed);
                var start = Bodies.Make(lesson, trial.Pretrained);
                // A body from scratch trains on from the weights that its own features were made with.
                using var ownFeatures = trial.Pretrained ? null : CachedFeatures.Of(lesson, data, start);
                var stage = trial.Stage with { Key = $"{trial.Name.Replace(", ", "-").Replace(' ', '-')}-{seed}" };
                lesson.Console.Say($"{trial.Name}, seed {seed + 1} of {Seeds}");
                results.Add((trial, seed, stage.Train(lesson, data, ownFeatures ?? pretrainedFeatures, start)));
                Write(lesson, results);
            }
    }

    private static void Write(LessonContext lesson, List<(Trial Trial, int Seed, StageResult Result)> results)
    {
        var csv = "trial,seed,half,class_accuracy,mean_iou,seconds\n" + string.Concat(
            from run in results
            from half in run.Result.Halves
            select FormattableString.Invariant($"\"{run.Trial.Name}\",{run.Seed},{half.Half.Name},{Shown(run.Trial.Stage.AsksWhat, half.ClassAccuracy)},{Shown(run.Trial.Stage.AsksWhere, half.MeanIoU)},{run.Result.Seconds:0}\n"));
        lesson.Folder.Write("study.csv", csv);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var group in results.GroupBy(run => run.Trial))
            for (var half = 0; half < group.First().Result.Halves.Count; half++)
            {
                var halves = group.Select(run => run.Result.Halves[half]).ToArray();
                rows.Add([
                    group.Key.Name, halves[0].Half.Name, $"{halves.Length}",
                    group.Key.Stage.AsksWhat ? Spread(halves.Select(each => 100 * each.ClassAccuracy), "0.0") : "–",
                    group.Key.Stage.AsksWhere ? Spread(halves.Select(each => each.MeanIoU), "0.000") : "–"]);
                var name = group.Key.Name.Replace(", ", "_").Replace(' ', '_') + "_" + halves[0].Half.Name;
                if (group.Key.Stage.AsksWhat) lesson.Metric(name + "_accuracy", halves.Average(each => each.ClassAccuracy));
                if (group.Key.Stage.AsksWhere) lesson.Metric(name + "_iou", halves.Average(each => each.MeanIoU));
            }
        if (results.Count < trials.Length * Seeds) return;
        lesson.Report.Section("Study").Figure(new Table("Mean over seeds, and half the distance between the best and the worst", ["trial", "validation", "seeds", "class accuracy, %", "mean IoU"], rows));
    }

    private static string Shown(bool asked, double value) => asked ? FormattableString.Invariant($"{value:0.0000}") : "";

    private static string Spread(IEnumerable<double> values, string format)
    {
        var all = values.ToArray();
        return $"{all.Average().ToString(format)} ± {((all.Max() - all.Min()) / 2).ToString(format)}";
    }
}
