using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training.Callbacks;

public sealed class GradientCallbackTests
{
    [Fact]
    public void ClippingByNorm_IsThatOfTorch()
    {
        using var scope = NewDisposeScope();
        float[] expected = [], actual = [];
        using var line = new LineLearner([
            new AtBackward(CallbackBand.Data, run =>
            {
                var copies = run.Model.parameters()
                    .Select(parameter => new Parameter(parameter.detach().clone()) { grad = parameter.grad!.clone() })
                    .ToArray();
                torch.nn.utils.clip_grad_norm_(copies, 0.5);
                expected = Read(copies);
            }),
            GradientClipping.ByNorm(0.5),
            new AtBackward(CallbackBand.Display, run => actual = Read(run.Model.parameters())),
        ]);
        line.Learner.Fit(1);
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0.5, Math.Sqrt(actual.Sum(value => value * value)), 1e-4);
    }

    [Fact]
    public void ClippingByNorm_LeavesSmallGradientsAlone()
    {
        Assert.Equal(Slope([GradientClipping.ByNorm(1e6)]), Slope([]), 1e-6);
        Assert.NotEqual(Slope([GradientClipping.ByNorm(1e-3)]), Slope([]), 1e-3);
    }

    [Fact]
    public void ClippingByValue_CutsEveryNumber()
    {
        float[] gradients = [];
        using var line = new LineLearner([GradientClipping.ByValue(0.25),
            new AtBackward(CallbackBand.Display, run => gradients = Read(run.Model.parameters()))]);
        line.Learner.Fit(1);
        Assert.All(gradients, value => Assert.InRange(value, -0.25f, 0.25f));
        Assert.Contains(gradients, value => Math.Abs(value) == 0.25f);
    }

    [Fact]
    public void Accumulation_OverFourBatches_IsOneLargeBatch()
    {
        using var small = new LineLearner([new GradientAccumulation(16)], Optimizers.Sgd(0.1), trainItems: 32,
            batchSize: 4);
        using var large = new LineLearner([], Optimizers.Sgd(0.1), trainItems: 32, batchSize: 16);
        small.Learner.Fit(3);
        large.Learner.Fit(3);
        Assert.Equal(large.Slope, small.Slope, 1e-5);
    }

    [Fact]
    public void Accumulation_CountsItems_AndStepsAtTheEndOfTheEpoch()
    {
        var steps = new List<int>();
        using var line = new LineLearner(
            [
                new GradientAccumulation(8),
                new EventLog((moment, run) => { if (moment == "step") steps.Add(run.BatchIndex); }),
            ],
            trainItems: 22,
            batchSize: 4);
        line.Learner.Fit(1);
        Assert.Equal([1, 3, 5], steps);
        Assert.Equal(6, line.Learner.History.Batches.Count);
    }

    [Fact]
    public void Accumulation_LeavesTheReportedLossAlone()
    {
        using var small = new LineLearner([new GradientAccumulation(16)], Optimizers.Sgd(0));
        using var plain = new LineLearner([], Optimizers.Sgd(0));
        small.Learner.Fit(1);
        plain.Learner.Fit(1);
        Assert.Equal(plain.Learner.History.Losses, small.Learner.History.Losses);
    }

    [Fact]
    public void MovingAverage_IsWhatIsValidatedAndKept_WhileTrainingGoesOnWithItsOwn()
    {
        var (live, seen) = (new List<double>(), new List<double>());
        using var line = new LineLearner([new ExponentialMovingAverage(0.5), new EventLog((moment, run) =>
        {
            if (moment is "step" or "T(") live.Add(run.Model.parameters().First().item<float>());
            if (moment == "V(") seen.Add(run.Model.parameters().First().item<float>());
        }, CallbackBand.Display)]);
        var first = line.Slope;
        line.Learner.Fit(2);

        // The decay grows with the steps at first: (1 + n) / (10 + n), here always below the limit of 0.5.
        var average = first;
        var expected = new List<double>();
        double[] steps = [live[1], live[2], live[4], live[5]];
        for (var n = 1; n <= 4; n++)
        {
            var decay = (1.0 + n) / (10 + n);
            average = decay * average + (1 - decay) * steps[n - 1];
            if (n % 2 == 0) expected.Add(average);
        }
        Assert.Equal(expected, seen, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(live[2], live[3]);
        Assert.Equal(seen[1], line.Slope);
    }

    [Fact]
    public void FrozenNorms_KeepTheirStatistics()
    {
        using var scope = NewDisposeScope();
        using var line = new LineLearner([new FrozenNorms()], model: () => new Normed());
        var before = Statistics(line);
        line.Learner.Groups.Freeze(trainNorms: false);
        line.Learner.Fit(1);
        Assert.Equal(before, Statistics(line));
        line.Learner.Groups.Unfreeze();
        line.Learner.Fit(1);
        Assert.NotEqual(before, Statistics(line));
    }

    private static float[] Statistics(LineLearner line) => line.Model.state_dict()["norm.running_mean"].ReadFloats();

    private static double Slope(Callback[] callbacks)
    {
        using var line = new LineLearner(callbacks);
        line.Learner.Fit(1);
        return line.Slope;
    }

    private static float[] Read(IEnumerable<Parameter> parameters) =>
        [.. parameters.SelectMany(parameter => parameter.grad!.ReadFloats())];

    private sealed class AtBackward(CallbackBand band, Action<Run> act) : Callback
    {
        public override CallbackBand Band => band;

        protected internal override void AfterBackward(Run run) => act(run);
    }

    private sealed class Normed : Module<Tensor, Tensor>, ILayerGroups
    {
        private readonly BatchNorm1d norm = BatchNorm1d(1);
        private readonly Linear head = Linear(1, 1);

        public Normed() : base(nameof(Normed)) => RegisterComponents();

        public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[norm], [head]];

        public override Tensor forward(Tensor input) => head.call(norm.call(input + 1));
    }
}
