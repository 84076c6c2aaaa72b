using System.Collections.Concurrent;
using DeepCourse.Tensors;
using DeepCourse.Training.Ablation;

namespace DeepCourse.Tests.Training.Ablation;

/// <summary>Running a study whose "training" is arithmetic: what is run, what is kept, what is refused.</summary>
public sealed class AblationRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepcourse-ablation-").FullName;
    private readonly ConcurrentQueue<string> _runs = new();

    private sealed record Recipe(double Rate, double Weight = 1);

    private string Csv => Path.Combine(_folder, "deep", "study.csv");

    private static Ablation<Recipe> Study { get; } = new(
        "arithmetic", new(1),
        [new("double, rate", recipe => recipe with { Rate = 2 * recipe.Rate }), new("half", recipe => recipe with { Rate = recipe.Rate / 2 })],
        [new("score"), new("loss") { HigherIsBetter = false }])
    {
        Seeds = [0, 1],
        Settings = new Dictionary<string, string> { ["epochs"] = "4" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryRecipeIsRunWithEverySeed()
    {
        var results = Study.Run(Csv, Measure);

        Assert.Equal(["the recipe 0", "double, rate 0", "half 0", "the recipe 1", "double, rate 1", "half 1"], _runs);
        Assert.Equal([2.0, 3.0], results.Of("double, rate", "score").Values);
        Assert.Equal([0.5, 1.5], results.Of("half", "score").Values);
        Assert.Equal("trial,seed,epochs,score,loss,seconds", File.ReadLines(Csv).First());
        Assert.StartsWith("\"double, rate\",0,4,2,-2,", File.ReadLines(Csv).ElementAt(2), StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondCallRunsWhatIsMissing()
    {
        Study.Run(Csv, Measure);
        _runs.Clear();
        var before = File.ReadAllText(Csv);
        var results = (Study with { Seeds = [0, 1, 2], Switches = [.. Study.Switches, new("thrice", recipe => recipe with { Rate = 3 })] }).Run(Csv, Measure);

        Assert.Equal(["thrice 0", "thrice 1", "the recipe 2", "double, rate 2", "half 2", "thrice 2"], _runs);
        Assert.StartsWith(before, File.ReadAllText(Csv), StringComparison.Ordinal);
        Assert.Equal(12, results.Lines.Count);
    }

    [Fact]
    public void ASwitchAgainstAnotherChangesThatOnesRecipe()
    {
        var results = (Study with { Switches = [.. Study.Switches, new("double, then heavier", recipe => recipe with { Weight = 10 }) { Against = "double, rate" }] }).Run(Csv, Measure);

        Assert.Equal([20.0, 21.0], results.Of("double, then heavier", "score").Values);
        Assert.Equal([18.0, 18.0], results.Compare("score").Single(comparison => comparison.Against == "double, rate").Differences);
    }

    [Fact]
    public void AFailingRunLosesNoOther()
    {
        var told = new List<AblationProgress>();
        var results = Study.Run(Csv, (run, cancellation) => run is { Trial: "half", Seed: 0 } ? throw new InvalidOperationException("diverged") : Measure(run, cancellation), new Listener(told));

        var failure = Assert.Single(results.Failures);
        Assert.Equal(("half", 0, "diverged"), (failure.Trial, failure.Seed, failure.Cause.Message));
        Assert.Equal(5, results.Lines.Count);
        Assert.Contains(told, progress => progress is { State: RunState.Failed, Number: 3, Count: 6, Failure.Message: "diverged" });
        // Tried again by the next call.
        _runs.Clear();
        Assert.Empty(Study.Run(Csv, Measure).Failures);
        Assert.Equal(["half 0"], _runs);
    }

    [Fact]
    public void AMetricOfAnotherNameIsAFailure()
    {
        var results = Study.Run(Csv, (_, _) => new Dictionary<string, double> { ["acuracy"] = 1 });

        Assert.Equal("the run measured 'acuracy', but the study 'arithmetic' has score, loss", results.Failures[0].Cause.Message);
        Assert.Empty(results.Lines);
    }

    [Fact]
    public void CancellationEndsBetweenTwoRuns()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Study.Run(Csv, (run, cancellation) =>
        {
            if (run.Number == 2) stop.Cancel();
            return Measure(run, cancellation);
        }, cancellation: stop.Token));

        Assert.Equal(2, _runs.Count);
        Assert.Equal(2, Study.Read(Csv).Lines.Count);
    }

    [Fact]
    public void ARunThatGivesUpWhenAskedIsNoFailure()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Study.Run(Csv, (_, cancellation) =>
        {
            stop.Cancel();
            cancellation.ThrowIfCancellationRequested();
            return new Dictionary<string, double>();
        }, cancellation: stop.Token));

        Assert.False(File.Exists(Csv));
    }

    [Fact]
    public void RunsAtOnceGiveTheSameNumbers()
    {
        using var together = new Barrier(2);
        var results = (Study with { Parallelism = 2 }).Run(Csv, (run, cancellation) =>
        {
            // Passes only when two runs are under way.
            Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(20), cancellation));
            return Measure(run, cancellation);
        });

        Assert.Empty(results.Failures);
        Assert.Equal([2.0, 3.0], results.Of("double, rate", "score").Values);
        Assert.Equal(6, Study.Read(Csv).Lines.Count);
    }

    [Fact]
    public void ALineWithoutAnEndIsRunAgain()
    {
        Study.Run(Csv, Measure);
        var whole = File.ReadAllText(Csv);
        File.WriteAllText(Csv, whole[..(whole.LastIndexOf("half", StringComparison.Ordinal) + 7)]);
        _runs.Clear();
        var results = Study.Run(Csv, Measure);

        Assert.Equal(["half 1"], _runs);
        Assert.Equal(6, results.Lines.Count);
        Assert.Equal(7, File.ReadAllLines(Csv).Length);
    }

    [Fact]
    public void AMetricWithoutAMeaningIsLeftOut()
    {
        var results = Study.Run(Csv, (run, _) => run.Trial == "half" ? new Dictionary<string, double> { ["loss"] = run.Seed } : new() { ["score"] = 1, ["loss"] = double.NaN });

        Assert.Equal(0, results.Of("half", "score").Count);
        Assert.Equal(Verdict.Open, Assert.Single(results.Compare("loss"), comparison => comparison.Trial == "half").Verdict);
        // What a run left out is not what it measured as "not a number".
        Assert.Equal(2, Study.Read(Csv).Of("the recipe", "loss").Count);
    }

    [Theory]
    [InlineData("trial,seed,epochs,score,seconds\n", "line 1", "the header lacks 'loss'")]
    [InlineData("name;value\n", "line 1", "has 'name;value'")]
    [InlineData("name;value", "line 1", "has 'name;value'")]
    [InlineData("trial,seed,epochs,score,loss,seconds\nhalf,0,5,1,1,1\n", "line 2", "'half' was run with epochs = 5, this study has 4")]
    [InlineData("trial,seed,epochs,score,loss,seconds\nhalf,0,4,1,1,1\nthird,0,4,1,1,1\n", "line 3", "there is a recipe 'third', this study has 'the recipe', 'double, rate', 'half'")]
    [InlineData("trial,seed,epochs,score,loss,seconds\nhalf,0,4,1,1,1\nhalf,0,4,1,1,1\n", "line 3", "'half' with seed 0 stands in an earlier line too")]
    [InlineData("trial,seed,epochs,score,loss,seconds\nhalf,0,4,good,1,1\n", "line 2", "expected a number for score, found 'good'")]
    [InlineData("trial,seed,epochs,score,loss,seconds\nhalf,0,4,1\n", "line 2", "expected 6 cells as in the header, found 4")]
    public void AnotherStudysFileIsRefused(string text, string line, string difference)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Csv)!);
        File.WriteAllText(Csv, text);
        var error = Assert.Throws<DataFormatException>(() => Study.Run(Csv, Measure));

        Assert.Contains(Csv, error.Message, StringComparison.Ordinal);
        Assert.Contains(difference, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"({line})", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Csv));
        Assert.Empty(_runs);
    }

    [Theory]
    [InlineData("half", null, "the recipe names 'half' and 'half' are too much alike")]
    [InlineData("double rate", null, "the recipe names 'double, rate' and 'double rate' are too much alike")]
    [InlineData("?", null, "'?' is no name for a recipe")]
    [InlineData("third", "fourth", "'third' is compared with 'fourth', which is not before it")]
    public void NamesThatWouldMixUpAreRefused(string name, string? against, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => (Study with { Switches = [.. Study.Switches, new(name, recipe => recipe) { Against = against }] }).Run(Csv, Measure));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnNameIsTakenOnce() =>
        Assert.Throws<ArgumentException>(() => (Study with { Metrics = [new("seconds")] }).Run(Csv, Measure));

    [Fact]
    public void KeysSuitFileNames() =>
        Assert.Equal("hard-negatives-3-to-1-2", new AblationRun<int>("hard negatives, 3 to 1", 0, 2) { Number = 1, Count = 1 }.Key);

    private Dictionary<string, double> Measure(AblationRun<Recipe> run, CancellationToken cancellation)
    {
        _runs.Enqueue($"{run.Trial} {run.Seed}");
        var score = (run.Recipe.Rate * run.Recipe.Weight) + run.Seed;
        return new() { ["score"] = score, ["loss"] = -score };
    }

    private sealed class Listener(List<AblationProgress> told) : IProgress<AblationProgress>
    {
        public void Report(AblationProgress value) => told.Add(value);
    }
}
