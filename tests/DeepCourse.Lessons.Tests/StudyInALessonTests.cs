using DeepCourse.Lessons;
using DeepCourse.Training.Ablation;

namespace DeepCourse.Tests.Lessons;

/// <summary>A study inside a lesson: its file, its report, what <c>--resume</c> does with it.</summary>
public sealed class StudyInALessonTests : IDisposable
{
    private static readonly Ablation<double> study = new(
        "tiny", 1, [new("twice, at once", rate => 2 * rate), new("nothing", rate => rate)], [new("score")]);

    private readonly LessonRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void MeansGoIntoMetricsAndTablesIntoTheReport()
    {
        Assert.Equal(ExitCode.Success, _runner.Run("--epochs 3", lesson => lesson.Study(study, Measure)));

        Assert.Equal(2, _runner.Context.Metrics["the_recipe_score"]);
        Assert.Equal(3, _runner.Context.Metrics["twice_at_once_score"]);
        Assert.Equal("trial,seed,data,epochs,size,score,seconds", File.ReadLines(_runner.Latest("study.csv")).First());
        Assert.Contains("| twice, at once |", File.ReadAllText(_runner.Latest("study.md")), StringComparison.Ordinal);
        Assert.StartsWith("\"twice, at once\",0,scenes,3,64,2,", File.ReadLines(_runner.Latest("study.csv")).ElementAt(2), StringComparison.Ordinal);
        Assert.Contains("score: difference by change", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
        Assert.Contains("run 9 of 9 (nothing, seed 2)", _runner.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void FailedRunsAreToldAndTriedAgain()
    {
        var code = _runner.Run("", lesson => lesson.Study(study, run => run is { Trial: "nothing", Seed: 1 } ? throw new InvalidOperationException("diverged") : Measure(run)));

        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("run 6 of 9 (nothing, seed 1) failed: diverged", _runner.Errors, StringComparison.Ordinal);
        Assert.Contains("1 of the study's runs failed", _runner.Errors, StringComparison.Ordinal);
        Assert.Contains("diverged", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
        var again = 0;
        Assert.Equal(ExitCode.Success, _runner.Run($"--resume {Path.GetDirectoryName(_runner.Latest("study.csv"))}", lesson => lesson.Study(study, run =>
        {
            again++;
            return Measure(run);
        })));
        Assert.Equal(1, again);
    }

    private static Dictionary<string, double> Measure(AblationRun<double> run) => new() { ["score"] = run.Recipe + run.Seed };
}
