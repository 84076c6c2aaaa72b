using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training.Callbacks;

public sealed class StochasticWeightAveragingTests
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "run.checkpoint");

    [Fact]
    public void Model_EndsWithTheMeanOfTheStartAndOfEveryEpochAfterIt()
    {
        var seen = new List<double>();
        var averaging = new StochasticWeightAveraging(start: 0.5);
        using var line = new LineLearner([averaging, new EventLog((moment, run) =>
        {
            if ((moment == "E(" && run.Epoch == 2) || (moment == "T)" && run.Epoch >= 2))
                seen.Add(run.Model.parameters().First().item<float>());
        }, CallbackBand.Display)]);
        line.Learner.Fit(4);
        Assert.Equal(3, averaging.Count);
        Assert.Equal(3, seen.Distinct().Count());
        Assert.Equal(seen.Average(), line.Slope, 1e-6);
    }

    [Fact]
    public void Rates_FallInCycles_AndWeightsAreTakenAtTheirEnds()
    {
        var averaging = new StochasticWeightAveraging(start: 0.5, rates: 0.2, cycle: 2, lowest: 0.1);
        using var line = new LineLearner([averaging]);
        line.Learner.Fit(6, rates: 0.05);
        Assert.Equal([0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.155, 0.11, 0.065, 0.02, 0.155, 0.11],
            line.Learner.History.LearningRates, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(2, averaging.Count);
    }

    [Fact]
    public void ConstantRate_ReplacesTheScheduleFromTheStartOn()
    {
        using var line = new LineLearner([new StochasticWeightAveraging(start: 0.5, rates: 0.03)]);
        line.Learner.FitOneCycle(4, 0.1);
        var rates = line.Learner.History.LearningRates.ToList();
        Assert.Equal([0.03, 0.03, 0.03, 0.03], rates[4..]);
        Assert.Equal(0.1 / 25, rates[0], 1e-9);
    }

    [Fact]
    public void Statistics_AreThoseOfTheAverage()
    {
        using var scope = NewDisposeScope();
        using var line = new LineLearner([new StochasticWeightAveraging(start: 0.25)], model: () => new Normed());
        line.Learner.Fit(4);
        var state = line.Model.state_dict();
        // The inputs -1, -0.75 ... 0.75 have this mean, and both batches are of the same size.
        var expected = state["first.weight"].item<float>() * -0.125 + state["first.bias"].item<float>();
        Assert.Equal(expected, state["norm.running_mean"].item<float>(), 1e-6);
        Assert.Equal(2, state["norm.num_batches_tracked"].item<long>());
        Assert.Equal(0.1, line.Model.modules().OfType<BatchNorm1d>().Single().momentum);
        Assert.Equal(4, line.Learner.History.Epochs.Count);
        Assert.Equal(4 * 2, line.Learner.History.Batches.Count);
    }

    [Fact]
    public void Statistics_ThatAreFrozen_Stay()
    {
        using var scope = NewDisposeScope();
        using var line = new LineLearner([new FrozenNorms(), new StochasticWeightAveraging(start: 0)], model: () => new Normed());
        line.Learner.Groups.Freeze(trainNorms: false);
        line.Learner.Fit(2);
        Assert.Equal(0, line.Model.state_dict()["norm.num_batches_tracked"].item<long>());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(11)]
    [InlineData(15)]
    public void KilledAndResumed_GivesTheSameAverage(int killAt)
    {
        double expected;
        using (var whole = Learner(killAt: -1))
        {
            whole.Learner.Fit(4);
            expected = whole.Slope;
        }
        using (var killed = Learner(killAt)) Assert.Throws<OperationCanceledException>(() => killed.Learner.Fit(4));
        using var resumed = Learner(killAt: -1);
        resumed.Learner.Resume(_path);
        resumed.Learner.Fit(4);
        Assert.Equal(expected, resumed.Slope);
    }

    [Fact]
    public void CancelledInValidation_CountsItsEpochOnce()
    {
        using (var cancelled = Learner(killAt: -1))
        {
            cancelled.Learner.Fit(4, callbacks: [new EventLog((moment, run) =>
            {
                if (moment == "B(" && run.Phase == Phase.Validate && run.Epoch == 2) run.EndFit(Run.Cancelled);
            }, CallbackBand.Display)]);
        }
        var averaging = new StochasticWeightAveraging(start: 0.5);
        using var resumed = new LineLearner([averaging, new CheckpointEvery(_path)], trainItems: 16);
        resumed.Learner.Resume(_path);
        resumed.Learner.Fit(4);
        Assert.Equal(3, averaging.Count);
    }

    [Fact]
    public void Cancelled_KeepsTheWeightsOfTraining()
    {
        var last = 0.0;
        using var line = new LineLearner([new StochasticWeightAveraging(start: 0), new EventLog((moment, run) =>
        {
            if (moment == "step") last = run.Model.parameters().First().item<float>();
            if (moment == "E(" && run.Epoch == 3) run.EndFit(Run.Cancelled);
        }, CallbackBand.Display)]);
        line.Learner.Fit(4);
        Assert.Equal(last, line.Slope);
    }

    [Fact]
    public void CycleThatDoesNotFit_IsRefused()
    {
        using var line = new LineLearner([new StochasticWeightAveraging(start: 0.75, cycle: 3)]);
        var error = Assert.Throws<InvalidOperationException>(() => line.Learner.Fit(8));
        Assert.Contains("no cycle of 3 epochs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_LeavesNothing()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var line = new LineLearner([new StochasticWeightAveraging(start: 0)], model: () => new Normed())) line.Learner.Fit(2);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // 4 batches an epoch; averaging begins with the ninth.
    private LineLearner Learner(int killAt) => new(
        [new StochasticWeightAveraging(start: 0.5), new CheckpointEvery(_path, batches: 1), new Kill(killAt)],
        trainItems: 16);

    private sealed class Kill(int atBatch) : Callback
    {
        private int _batches;

        protected internal override void AfterStep(Run run)
        {
            if (++_batches == atBatch) throw new OperationCanceledException("killed");
        }
    }

    private sealed class Normed : Module<Tensor, Tensor>, ILayerGroups
    {
        private readonly Linear first = Linear(1, 1);
        private readonly BatchNorm1d norm = BatchNorm1d(1);
        private readonly Linear last = Linear(1, 1);

        public Normed() : base(nameof(Normed)) => RegisterComponents();

        public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[first, norm], [last]];

        public override Tensor forward(Tensor input) => last.call(norm.call(first.call(input)));
    }
}
