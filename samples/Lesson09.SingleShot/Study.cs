using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Heads;

namespace Lesson09.SingleShot;

/// <summary>What each choice in the best recipe is worth: one thing changed at a time, each with several seeds.</summary>
/// <remarks>Resumable: every run that has ended is a line of study.csv, and <c>--resume</c> begins after the last.</remarks>
internal static class Study
{
    internal const int Seeds = 3;

    private const string File = "study.csv";
    private const string Header = "trial,seed,test,map50,map50_95,seconds";

    private static readonly DistributionCoding coding = new(NanoDetHead.PublishedBins);

    private static readonly (string Name, Recipe Recipe)[] trials =
    [
        ("the recipe", SingleShotRecipes.AnchorFree),
        ("focal loss", With(ScoreLoss.Focal())),
        ("binary cross-entropy", With(ScoreLoss.BinaryCrossEntropy)),
        ("hard negatives, 3 to 1", With(ScoreLoss.HardNegatives())),
        ("L1 for boxes", SingleShotRecipes.AnchorFree with { Loss = _ => MatchedLoss.AnchorFree(coding: coding, boxes: BoxLoss.L1) }),
        ("no augmentation", SingleShotRecipes.AnchorFree with { Augmenter = Augmenter.None }),
        ("body from scratch", SingleShotRecipes.AnchorFree with { Pretrained = false }),
    ];

    internal static void Run(LessonContext lesson)
    {
        var set = AnnotatedSet.Load(lesson);
        var lines = Done(lesson);
        for (var seed = 0; seed < Seeds; seed++)
            foreach (var (name, recipe) in trials)
            {
                if (lines.Any(line => line.Trial == name && line.Seed == seed)) continue;
                var key = $"{name.Replace(",", "").Replace(' ', '-')}-{seed}";
                using var result = (recipe with { Key = key, Title = $"{name}, seed {seed + 1} of {Seeds}", SeedOffset = seed }).Train(lesson, set);
                lines.AddRange(result.Scores.Select(scores => new Line(name, seed, scores.Test.Name, scores.Map50, scores.Map, result.Seconds)));
                lesson.Folder.Write(File, $"{Header}\n{string.Concat(lines.Select(line => line.ToCsv()))}");
            }
        Report(lesson, set, lines);
    }

    private static Recipe With(ScoreLoss scores) => SingleShotRecipes.AnchorFree with { Loss = _ => MatchedLoss.AnchorFree(coding: coding, scores: scores) };

    private static List<Line> Done(LessonContext lesson)
    {
        var path = lesson.Folder.File(File);
        return lesson.Options.Resume is null || !System.IO.File.Exists(path) ? [] : [.. System.IO.File.ReadLines(path).Skip(1).Select(Line.OfCsv)];
    }

    private static void Report(LessonContext lesson, AnnotatedSet set, List<Line> lines)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (name, _) in trials)
            foreach (var test in set.Tests)
            {
                var (runs, bases) = (Of(name), Of(trials[0].Name));
                string difference = "–";
                if (name != trials[0].Name)
                {
                    double[] differences = [.. runs.Zip(bases, (run, reference) => run.Map50 - reference.Map50)];
                    difference = $"{(differences.Average() < 0 ? "−" : "+")}{Math.Abs(differences.Average()):0.000} ({string.Join(", ", differences.Select(each => $"{each:+0.000;−0.000}"))})";
                }
                rows.Add([name, test.Name, Spread(runs.Select(run => run.Map50)), Spread(runs.Select(run => run.Map)), difference]);
                lesson.Metric($"{name.Replace(",", "").Replace(' ', '_').Replace('-', '_')}_{test.Name}_map50", runs.Average(run => run.Map50));

                Line[] Of(string trial) => [.. lines.Where(line => line.Trial == trial && line.Test == test.Name).OrderBy(line => line.Seed)];
            }
        lesson.Report.Section("Study", "One thing changed at a time. A difference is noise unless all seeds agree on its sign.")
            .Figure(new Table("Mean over seeds, and half the distance between the best and the worst; differences to the recipe by seed",
                ["trial", "test", "mAP@.5", "mAP@.5:.95", "mAP@.5 against the recipe"], rows));
    }

    private static string Spread(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return $"{all.Average():0.000} ± {(all.Max() - all.Min()) / 2:0.000}";
    }

    private sealed record Line(string Trial, int Seed, string Test, double Map50, double Map, double Seconds)
    {
        internal string ToCsv() => FormattableString.Invariant($"\"{Trial}\",{Seed},{Test},{Map50:0.0000},{Map:0.0000},{Seconds:0}\n");

        internal static Line OfCsv(string line)
        {
            var end = line.IndexOf('"', 1);
            var rest = line[(end + 2)..].Split(',');
            double Number(int at) => double.Parse(rest[at], System.Globalization.CultureInfo.InvariantCulture);
            return new(line[1..end], int.Parse(rest[0]), rest[1], Number(2), Number(3), Number(4));
        }
    }
}
