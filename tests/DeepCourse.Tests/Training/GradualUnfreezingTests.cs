using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training;

public sealed class GradualUnfreezingTests
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "run.checkpoint");

    [Fact]
    public void Stages_TrainMoreAndMoreGroups_EachWithItsRates()
    {
        using var line = Line();
        var names = new List<string>();
        var frozen = new List<int>();
        var watch = new EventLog((moment, _) =>
        {
            if (moment == "T(") frozen.Add(line.Learner.Groups.FrozenCount);
        });

        var finished = line.Learner.FineTuneGradually(
            UnfreezingStage.OfCourse(rate: 0.1, epochs: 2), entering: stage => names.Add(stage.Name), callbacks: [watch]);

        Assert.Equal(["last group", "last two groups", "last three groups", "all groups"], names);
        Assert.Equal(names, finished.Select(stage => stage.Stage.Name));
        // Four groups: the third stage leaves one frozen, the last runs for two epochs.
        Assert.Equal([3, 2, 1, 0, 0], frozen);
        Assert.Equal([0, 1, 2, 3], finished.Select(stage => stage.Run.Fit));
        Assert.Equal([0, 1, 2, 3, 3], line.Learner.History.Epochs.Select(row => row.Fit));
        var highest = line.Learner.History.Batches.GroupBy(row => row.Fit).Select(fit => fit.Max(row => row.LearningRate));
        Assert.Equal([0.1, 0.05, 0.025, 0.005], highest, (a, b) => Math.Abs(a / b - 1) < 1e-9);
    }

    [Fact]
    public void Rates_FallByTheFactorFromGroupToGroup()
    {
        using var line = Line();
        double[] rates = [];
        var watch = new EventLog((moment, run) =>
        {
            if (moment == "step") rates = [.. run.Optimizer.ParamGroups.Select(group => group.LearningRate).Distinct()];
        });
        line.Learner.FineTuneGradually([new("all", 0, 1, LearningRates.ByFactor(0.1))], callbacks: [watch]);
        Assert.Equal([2.6, 2.6, 2.6], rates.Skip(1).Zip(rates, (later, earlier) => later / earlier), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void TheSchedule_MayBeThePapers()
    {
        using var line = Line();
        line.Learner.FineTuneGradually([new("head", -1, 1, 0.32)], Schedules.SlantedTriangle());
        Assert.Equal(0.01, line.Learner.History.Batches[0].LearningRate, 1e-12);
        Assert.Equal(0.9, line.Learner.History.Batches[^1].Momentum, 1e-12);
    }

    [Fact]
    public void AStageOfMoreGroupsThanThereAre_TrainsThemAll()
    {
        using var line = Line();
        line.Learner.FineTuneGradually([new("many", -9, 1, 0.01)]);
        Assert.Equal(0, line.Learner.Groups.FrozenCount);
    }

    [Fact]
    public void AStoppedStage_IsTheLast()
    {
        using var line = Line();
        using var source = new CancellationTokenSource();
        var stop = new EventLog((moment, run) =>
        {
            if (moment == "step" && run.Fit == 1) source.Cancel();
        });
        var finished = line.Learner.FineTuneGradually(0.01, callbacks: [stop], cancellation: source.Token);
        Assert.Equal([null, Run.Cancelled], finished.Select(stage => stage.Run.StopReason));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(18)]
    public void KilledAndResumed_GivesTheSameCurveToTheLastBit(int killAt)
    {
        using var expected = Line(new CheckpointEvery(_path + ".other", batches: 1));
        expected.Learner.FineTuneGradually(0.05);

        var steps = 0;
        var kill = new EventLog((moment, _) =>
        {
            if (moment == "step" && ++steps == killAt) throw new OperationCanceledException("killed");
        });
        using (var killed = Line(new CheckpointEvery(_path, batches: 1), kill))
            Assert.Throws<OperationCanceledException>(() => killed.Learner.FineTuneGradually(0.05));
        using var resumed = Line(new CheckpointEvery(_path, batches: 1));
        resumed.Learner.Resume(_path);
        var finished = resumed.Learner.FineTuneGradually(0.05);

        Assert.Equal(4, finished.Count);
        Assert.Equal(expected.Learner.History.Batches, resumed.Learner.History.Batches);
    }

    private static LineLearner Line(params Callback[] callbacks) =>
        new(callbacks, Optimizers.Sgd(0.1, momentum: 0.9), trainItems: 16, model: () => new FourGroups());

    private sealed class FourGroups : Module<Tensor, Tensor>, ILayerGroups
    {
        private readonly Linear one = Linear(1, 4);
        private readonly Linear two = Linear(4, 4);
        private readonly Linear three = Linear(4, 4);
        private readonly Linear four = Linear(4, 1);

        public FourGroups() : base(nameof(FourGroups)) => RegisterComponents();

        public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[one], [two], [three], [four]];

        public override Tensor forward(Tensor input) => four.call(three.call(two.call(one.call(input))));
    }
}
