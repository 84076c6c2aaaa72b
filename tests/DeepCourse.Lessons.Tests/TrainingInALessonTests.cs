using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;

namespace DeepCourse.Tests.Lessons;

/// <summary>Trains y = 3x inside a lesson: what people see, and what a stopped run keeps.</summary>
public sealed class TrainingInALessonTests : IDisposable
{
    private readonly LessonRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void RedirectedOutputGetsALinePerEpoch()
    {
        Assert.Equal(ExitCode.Success, _runner.Run("--epochs 2", lesson => Train(lesson)));

        var lines = _runner.Output.Split('\n').Where(l => l.StartsWith("epoch", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Matches(@"^epoch 1/2  train [\d.e-]+  valid [\d.e-]+  [\d.]+ s  [\d,.]+/s$", lines[0]);
        Assert.DoesNotContain('\u001b', _runner.Output);
    }

    [Fact]
    public void TerminalGetsABarPerEpoch()
    {
        Assert.Equal(ExitCode.Success, _runner.Run("--epochs 2", lesson => Train(lesson), interactive: true));

        Assert.Contains("epoch 2/2  train", _runner.Output, StringComparison.Ordinal);
        Assert.Contains("100%", _runner.Output, StringComparison.Ordinal);
        Assert.Contains('\u001b', _runner.Output);
    }

    [Fact]
    public void HistoryIsSavedAndDrawn()
    {
        _runner.Run("--epochs 3", lesson =>
        {
            using var learner = Train(lesson);
            lesson.Save(learner.History);
            lesson.Report.Section("Training").Chart(learner.History.LossChart()).Chart(learner.History.RateChart());
        });

        var rows = File.ReadAllLines(_runner.Latest("history.csv"));
        Assert.Equal(4, rows.Length);
        Assert.StartsWith("fit,epoch,training_loss,validation_loss,learning_rate,seconds", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("1,3,", rows[3], StringComparison.Ordinal);
        Assert.Contains("Line chart: Loss. training goes from", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void ProfileShowsWhereTheTimeWent()
    {
        Assert.Equal(ExitCode.Success, _runner.Run("--epochs 2 --profile", lesson => Train(lesson)));

        Assert.Contains("Where the time went", File.ReadAllText(_runner.Latest("report.html")), StringComparison.Ordinal);
        Assert.Contains("traceEvents", File.ReadAllText(_runner.Latest("trace.json")), StringComparison.Ordinal);
        Assert.Contains("training   backward", _runner.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void StoppedRunContinuesAsIfItHadNeverStopped()
    {
        List<double> whole = [];
        Assert.Equal(ExitCode.Success, _runner.Run("--epochs 4 --seed 3", lesson => whole = [.. Train(lesson).History.Losses]));

        using var second = new LessonRunner();
        Assert.Equal(ExitCode.Fault, second.Run("--epochs 4 --seed 3", lesson => Train(lesson, new FailAfter(steps: 9))));
        List<double> continued = [];
        Assert.Equal(ExitCode.Success, second.Run("--resume", lesson => continued = [.. Train(lesson).History.Losses]));

        Assert.Contains("continuing 'line' from its checkpoint", second.Output, StringComparison.Ordinal);
        Assert.Equal(whole, continued);
    }

#if SYSTEM_STACK
    [Theory]
    [InlineData("", ScalarType.Float32)]
    [InlineData("--precision fp32", ScalarType.Float32)]
    [InlineData("--precision bf16", ScalarType.BFloat16)]
    public void EveryLearnerComputesInTheGivenPrecision(string arguments, ScalarType expected)
    {
        var types = new Outputs();
        Assert.Equal(ExitCode.Success, _runner.Run($"--device cpu --epochs 1 {arguments}", lesson => Train(lesson, types)));

        Assert.NotEmpty(types.Seen);
        Assert.All(types.Seen, type => Assert.Equal(expected, type));
    }
#else
    [Fact]
    public void NarrowPrecisionIsRefusedOnThePackage()
    {
        Assert.Equal(ExitCode.Usage, _runner.Run("--precision bf16"));
        Assert.Contains("--precision bf16: mixed precision needs", _runner.Errors, StringComparison.Ordinal);
    }
#endif

    private static Learner<Tensor, Tensor, Tensor> Train(LessonContext lesson, Callback? more = null)
    {
        manual_seed(lesson.Seed);
        var x = rand(16, 1);
        var data = new Loaders<Tensor, Tensor>(new Points(x, 3 * x), new Points(x, 3 * x));
        var learner = Learner.Create(data, Linear(1, 1), Loss.MeanSquaredError, Optimizers.Sgd(0.1), [.. lesson.CallbacksFor("line"), .. more is null ? [] : new[] { more }]);
        lesson.Resume(learner, "line");
        learner.Fit(lesson.Epochs);
        return learner;
    }

    private sealed class Outputs : Callback<Tensor, Tensor, Tensor>
    {
        public List<ScalarType> Seen { get; } = [];

        protected override void TransformOutput(Run run, ref Tensor output) => Seen.Add(output.dtype);
    }

    private sealed class FailAfter(int steps) : Callback
    {
        private int _left = steps;

        protected override void AfterStep(Run run)
        {
            if (--_left == 0) throw new InvalidOperationException("the power went");
        }
    }

    private sealed class Points(Tensor x, Tensor y) : ILoader<Tensor, Tensor>
    {
        public int Count => 4;

        public int ItemCount => 16;

        public IEnumerable<Batch<Tensor, Tensor>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            for (var i = firstBatch; i < Count; i++) yield return new(x.narrow(0, 4 * i, 4), y.narrow(0, 4 * i, 4), 4);
        }
    }
}
