using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training.Callbacks;

public sealed class ScheduleCallbackTests
{
    [Fact]
    public void OneCycle_SetsRateAndMomentumOfEveryBatch()
    {
        using var line = new LineLearner(trainItems: 16);
        line.Learner.FitOneCycle(2, 0.2);
        var (rate, momentum) = (Schedules.OneCycleRate(), Schedules.OneCycleMomentum());
        Assert.Equal(Enumerable.Range(0, 8).Select(i => 0.2 * rate.At(i / 8.0)), line.Learner.History.LearningRates,
            (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => momentum.At(i / 8.0)),
            line.Learner.History.Batches.Select(row => row.Momentum), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void CosineRestarts_TakeAsManyEpochsAsTheirCycles()
    {
        using var line = new LineLearner();
        var run = line.Learner.FitCosineRestarts(cycles: 3, 0.1, firstCycle: 2);
        Assert.Equal(14, run.EpochCount);
        Assert.Equal(0.1, line.Learner.History.Batches.First(row => row.Epoch == 2).LearningRate, 1e-12);
        Assert.Equal(0.1, line.Learner.History.Batches.First(row => row.Epoch == 6).LearningRate, 1e-12);
    }

    [Fact]
    public void FineTune_TrainsTheHeadFirst_ThenEverythingAtDiscriminativeRates()
    {
        using var line = new LineLearner(model: () => new TwoGroups());
        var frozen = new List<int>();
        var rates = new List<double[]>();
        line.Learner.FineTune(2, rate: 0.1, frozenEpochs: 1, callbacks: [new EventLog((moment, run) =>
        {
            if (moment != "step") return;
            frozen.Add(line.Learner.Groups.FrozenCount);
            rates.Add([.. run.Optimizer.ParamGroups.Select(group => group.LearningRate)]);
        })]);
        Assert.Equal([1, 1, 0, 0, 0, 0], frozen);
        Assert.Equal([0, 1, 1], line.Learner.History.Epochs.Select(row => row.Fit));
        Assert.All(rates[2..], pair => Assert.Equal(100, pair[^1] / pair[0], 1e-6));
        Assert.Equal(0.05 / 5, rates[2][^1], 1e-9);
    }

    [Fact]
    public void FineTune_StopsAfterTheFirstPart_WhenThatWasStopped()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        using var line = new LineLearner(model: () => new TwoGroups());
        Assert.Equal(Run.Cancelled, line.Learner.FineTune(2, cancellation: source.Token).StopReason);
        Assert.Empty(line.Learner.History.Batches);
    }

    [Fact]
    public void EarlyStopping_WaitsAsLongAsItsPatience()
    {
        using var line = new LineLearner([new EarlyStopping(patience: 2)], Optimizers.Sgd(0));
        var run = line.Learner.Fit(10);
        Assert.Equal(3, line.Learner.History.Epochs.Count);
        Assert.Contains("validation loss has not been better than", run.StopReason, StringComparison.Ordinal);
    }

    [Fact]
    public void EarlyStopping_GoesByAMetricsDirection()
    {
        // The distance falls while learning: for a metric that is better when higher that is no progress.
        using var wrong = MeanOf.Items<Tensor, Tensor>(
            "distance", (output, targets) => (output - targets).abs(), higherIsBetter: true);
        using var right = MeanOf.Items<Tensor, Tensor>(
            "distance", (output, targets) => (output - targets).abs(), higherIsBetter: false);
        Assert.Equal(2, Epochs(wrong));
        Assert.Equal(6, Epochs(right));

        static int Epochs(Metric<Tensor, Tensor> metric)
        {
            using var line = new LineLearner([metric, new EarlyStopping(metric, patience: 1)],
                Optimizers.Sgd(0.01, momentum: 0));
            line.Learner.Fit(6);
            return line.Learner.History.Epochs.Count;
        }
    }

    [Fact]
    public void ReduceRateOnPlateau_LowersTheRateAfterItsPatience()
    {
        using var line = new LineLearner([new ReduceRateOnPlateau(factor: 0.5, patience: 2, lowest: 1e-9)],
            Optimizers.Sgd(1e-8));
        line.Learner.Fit(6, rates: 0.0);
        Assert.All(line.Learner.History.LearningRates, rate => Assert.Equal(0, rate));
        using var stuck = new LineLearner([new ReduceRateOnPlateau(new AccuracyThatStays(), factor: 0.5, patience: 2)],
            Optimizers.Sgd(0.1));
        stuck.Learner.Fit(6);
        Assert.Equal([0.1, 0.1, 0.1, 0.05, 0.05, 0.025], stuck.Learner.History.Epochs.Select(row => row.LearningRate));
    }

    [Fact]
    public void StopOnNaN_NamesBatchAndRate()
    {
        using var line = new LineLearner([new StopOnNaN(every: 3), new Poison(batch: 1)], trainItems: 64);
        var run = line.Learner.Fit(5, rates: 0.05);
        Assert.Equal("the loss is NaN at batch 2 of epoch 0 (learning rate 5e-2)", run.StopReason);
        Assert.InRange(line.Learner.History.Batches.Count, 3, 4);
    }

    [Fact]
    public void StopOnNaN_BearsFiniteLosses()
    {
        using var line = new LineLearner([new StopOnNaN(every: 3)]);
        Assert.Null(line.Learner.Fit(2).StopReason);
    }

    [Fact]
    public void StopWhenCancelled_KeepsLaterFitsFromBeginning()
    {
        using var source = new CancellationTokenSource();
        using var line = new LineLearner([new StopWhenCancelled(source.Token)]);
        line.Learner.Fit(1);
        source.Cancel();
        Assert.Equal(Run.Cancelled, line.Learner.Fit(1).StopReason);
        Assert.Single(line.Learner.History.Epochs);
    }

    private sealed class AccuracyThatStays : Metric
    {
        public override string Name => "accuracy";

        public override double Value => 0.5;

        public override void Reset()
        {
        }
    }

    private sealed class Poison(int batch) : Callback
    {
        protected internal override void AfterStep(Run run)
        {
            using var frozen = no_grad();
            if (run.BatchIndex == batch) run.Model.parameters().First().fill_(double.NaN);
        }
    }

    private sealed class TwoGroups : Module<Tensor, Tensor>, ILayerGroups
    {
        private readonly Linear body = Linear(1, 2);
        private readonly Linear head = Linear(2, 1);

        public TwoGroups() : base(nameof(TwoGroups)) => RegisterComponents();

        public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[body], [head]];

        public override Tensor forward(Tensor input) => head.call(body.call(input));
    }
}
