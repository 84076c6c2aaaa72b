using System.Runtime.InteropServices;
using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Training.Graphs;

namespace DeepCourse.Tests.Training.Graphs;

public sealed class GraphedStepsTests : IDisposable
{
    private const int Items = 30;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<ReplayedWork> _recordings = [];
    private Tensor? _lastLoss;

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Training_WithRepeatedSteps_IsTheSame()
    {
        var (expected, actual) = (new Trial(this), new Trial(this));
        using (expected.Learner()) expected.Fit(epochs: 5);
        var graphs = Graphs(warmUp: 2);
        using (actual.Learner(graphs)) actual.Fit(epochs: 5);
        AssertSame(expected, actual);
        Assert.Null(graphs.Reason);
        // Three batches of eight items and one of six in each epoch, the first two of each shape to warm up.
        Assert.Equal((20, 16), (graphs.Steps, graphs.Replays));
        Assert.Equal(2, _recordings.Count);
        Assert.All(_recordings, recording => Assert.True(recording.IsDisposed));
    }

    [Fact]
    public void NarrowNumbers_AreComputedInARecordingToo()
    {
        if (!HasAutocast) return;
        var (expected, actual) = (new Trial(this), new Trial(this));
        using (expected.Learner(new MixedPrecision())) expected.Fit(epochs: 3);
        var graphs = Graphs(warmUp: 1);
        using (actual.Learner(graphs, new MixedPrecision())) actual.Fit(epochs: 3);
        AssertSame(expected, actual);
        Assert.Equal(10, graphs.Replays);
    }

    [Fact]
    public void WhatChangesGradientsAndSteps_GoesOnWorking()
    {
        Callback[] Others() => [GradientClipping.ByNorm(0.05), new HoldEverySecond(), new ExponentialMovingAverage(0.9)];
        var (expected, actual) = (new Trial(this), new Trial(this));
        using (expected.Learner(Others())) expected.Fit(epochs: 3);
        var graphs = Graphs(warmUp: 0);
        using (actual.Learner([graphs, .. Others()])) actual.Fit(epochs: 3);
        AssertSame(expected, actual);
        Assert.Equal(6, graphs.Replays);
        Assert.Contains("kept", graphs.Reason);
    }

    [Fact]
    public void Unfreezing_RecordsAnew()
    {
        Trial Train(params Callback[] callbacks)
        {
            var trial = new Trial(this);
            using var learner = trial.Learner(callbacks);
            learner.Groups.Freeze();
            trial.Fit(epochs: 2, new UnfreezeInEpoch(1));
            return trial;
        }

        var expected = Train();
        var graphs = Graphs(warmUp: 0);
        AssertSame(expected, Train(graphs));
        Assert.Equal(8, graphs.Replays);
        Assert.Equal(4, _recordings.Count);
    }

    [Fact]
    public void FreezingWithinAnEpoch_RecordsAnew()
    {
        Trial Train(params Callback[] callbacks)
        {
            var trial = new Trial(this);
            using var learner = trial.Learner(callbacks);
            trial.Fit(epochs: 2, new FreezeInBatch(2));
            return trial;
        }

        var expected = Train();
        var graphs = Graphs(warmUp: 0);
        AssertSame(expected, Train(graphs));
        Assert.Equal(8, graphs.Replays);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void WhatCannotBeRecorded_IsComputedAsWritten_ForTheRestOfTheFit(bool narrow, bool late)
    {
        if (narrow && !HasAutocast) return;
        Callback[] Others() => narrow ? [new MixedPrecision()] : [];
        var (expected, actual) = (new Trial(this), new Trial(this));
        using (expected.Learner(Others())) expected.Fit(epochs: 2);
        var graphs = Graphs(warmUp: 1, fault: new WaitsForTheGpu(), late: late);
        using (actual.Learner([graphs, .. Others()])) actual.Fit(epochs: 2);
        AssertSame(expected, actual);
        var recording = Assert.Single(_recordings);
        Assert.Equal((1, 0), (recording.Records, recording.Replays));
        Assert.True(recording.IsDisposed);
        Assert.Equal((8, 0), (graphs.Steps, graphs.Replays));
        Assert.Equal(new Dictionary<string, long> { ["warming up"] = 1, ["the step can't be recorded: the host waits"] = 7 }, graphs.Reasons);
    }

    [Fact]
    public void ParametersThatShareAGradient_AreClippedAsInPlainTraining()
    {
        Trial Train(params Callback[] callbacks)
        {
            var trial = new Trial(this, twoBiases: true);
            using var learner = trial.Learner([.. callbacks, GradientClipping.ByNorm(0.05)]);
            trial.Fit(epochs: 2);
            return trial;
        }

        AssertSame(Train(), Train(Graphs(warmUp: 0)));
    }

    [Fact]
    public void ShapesThatAnEpochDidNotHave_MakeRoomForOthers()
    {
        Trial Train(params Callback[] callbacks)
        {
            var trial = new Trial(this);
            using var learner = trial.Learner(callbacks);
            trial.Fit(epochs: 6, new NarrowerEvery(epochs: 2));
            return trial;
        }

        var expected = Train();
        var graphs = Graphs(warmUp: 0, shapes: 4);
        AssertSame(expected, Train(graphs));
        Assert.Equal(24, graphs.Replays);
        Assert.Equal(6, _recordings.Count);
    }

    [Fact]
    public void ASearchWithinAFit_LeavesTheFitItsRecordings_AndItsObstacles()
    {
        var graphs = Graphs(warmUp: 0);
        var trial = new Trial(this);
        using (var learner = trial.Learner(graphs)) trial.Fit(epochs: 2, new SearchInEpoch(learner, epoch: 1));
        // Two shapes; the search made none of its own, and they lasted until the end.
        Assert.Equal(2, _recordings.Count);
        Assert.All(_recordings, recording => Assert.True(recording.IsDisposed));
        graphs = Graphs(warmUp: 0);
        trial = new Trial(this);
        using (var learner = trial.Learner(graphs, new ActivationStatistics())) trial.Fit(epochs: 2, new SearchInEpoch(learner, epoch: 1));
        Assert.Contains("ActivationStatistics", graphs.Reason);
    }

    [Fact]
    public void ValidationInTheMiddle_AndASearchForARate_LeaveTheRecordings()
    {
        var graphs = Graphs(warmUp: 0);
        var trial = new Trial(this);
        using var learner = trial.Learner(graphs);
        trial.Fit(epochs: 2, new ValidateEveryBatch(learner));
        Assert.Equal((8, 2), (graphs.Replays, _recordings.Count));
        learner.FindLearningRate(steps: 6);
        Assert.True(graphs.Replays > 8);
        Assert.Null(graphs.Reason);
    }

    [Fact]
    public void MoreShapesThanWereAskedFor_AreComputedAsWritten()
    {
        var (expected, actual) = (new Trial(this), new Trial(this));
        using (expected.Learner()) expected.Fit(epochs: 2);
        var graphs = Graphs(warmUp: 0, shapes: 1);
        using (actual.Learner(graphs)) actual.Fit(epochs: 2);
        AssertSame(expected, actual);
        Assert.Equal(6, graphs.Replays);
        Assert.Equal("batches have more than 1 shapes", graphs.Reason);
    }

    public static TheoryData<string, string> Obstacles => new()
    {
        { "accumulation", "GradientAccumulation takes part" },
        { "training metrics", "MetricsRecorder takes part" },
        { "own loss", "Doubled takes part" },
        { "activations", "ActivationStatistics takes part" },
        { "memory", "remembers the batches before" },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void WhatIsInTheWay_IsNamed_AndTrainingIsTheSame(string what, string reason)
    {
        Callback[] Others() => what switch
        {
            "accumulation" => [new GradientAccumulation(16)],
            "training metrics" => [new MetricsRecorder(alsoTraining: true, new Accuracy())],
            "own loss" => [new Doubled()],
            "activations" => [new ActivationStatistics()],
            _ => [],
        };
        var (expected, actual) = (new Trial(this, remembers: what == "memory"), new Trial(this, remembers: what == "memory"));
        using (expected.Learner(Others())) expected.Fit(epochs: 2);
        var graphs = Graphs(warmUp: 0);
        using (actual.Learner([graphs, .. Others()])) actual.Fit(epochs: 2);
        AssertSame(expected, actual);
        Assert.Equal((8, 0), (graphs.Steps, graphs.Replays));
        Assert.Contains(reason, graphs.Reason);
    }

#if SYSTEM_STACK
    [Fact]
    public void AHookOnAModule_IsCalledInEveryBatch()
    {
        var graphs = Graphs(warmUp: 0);
        var trial = new Trial(this);
        var calls = 0;
        using var hook = new ForwardHooks(trial.Model, module => module is TorchSharp.Modules.Linear, (_, _, _) => calls++);
        using var learner = trial.Learner(graphs);
        trial.Fit(epochs: 1);
        // Two layers, four batches to learn from and four to judge by.
        Assert.Equal(16, calls);
        Assert.Contains("has a hook", graphs.Reason);
    }
#endif

    [Fact]
    public void WithoutAGpu_TrainingIsTheSame_AndTheReasonIsGiven()
    {
        var (expected, actual) = (new Trial(this), new Trial(this));
        using (expected.Learner()) expected.Fit(epochs: 2);
        var graphs = new GraphedSteps();
        using (actual.Learner(graphs)) actual.Fit(epochs: 2);
        AssertSame(expected, actual);
        Assert.Equal(0, graphs.Replays);
        Assert.Contains("CUDA", graphs.Reason);
        Assert.Equal(graphs.Reason, GraphedSteps.ObstacleOn(Devices.Cpu));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GraphedSteps(warmUp: 0));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Device", "Cuda")]
    public void OnTheGpu_TrainingIsThatOfSingleOperations(bool narrow)
    {
        Skip.IfNot(cuda.is_available(), "no CUDA device");
        Skip.If(GraphedSteps.ObstacleOn(Devices.Best) is not null, GraphedSteps.ObstacleOn(Devices.Best));
        Callback[] Others() => narrow ? [new MixedPrecision()] : [];
        var (expected, actual) = (new Trial(this, device: Devices.Best), new Trial(this, device: Devices.Best));
        using (expected.Learner(Others())) expected.Fit(epochs: 10);
        var graphs = new GraphedSteps();
        using (actual.Learner([graphs, .. Others()])) actual.Fit(epochs: 10);
        Assert.True(graphs.Replays >= 32, $"{graphs.Replays} repetitions; {graphs.Reason}");
        Assert.Equal(expected.History.Losses, actual.History.Losses, (a, b) => Math.Abs(a - b) < (narrow ? 2e-2 : 1e-4));
    }

    private static bool HasAutocast =>
#if SYSTEM_STACK
        true;
#else
        false;
#endif

    private GraphedSteps Graphs(int warmUp, int shapes = 4, ExternalException? fault = null, bool late = false)
    {
        return new(warmUp, shapes, Make, static _ => null);

        IStepGraph Make(torch.Device device, out string reason)
        {
            reason = "";
            _recordings.Add(new(_trial!.Model.parameters(), () => _lastLoss!) { Fault = fault, FailsLate = late });
            return _recordings[^1];
        }
    }

    private Trial? _trial;

    private static void AssertSame(Trial expected, Trial actual)
    {
        Assert.Equal(expected.History.Losses, actual.History.Losses);
        Assert.Equal(
            expected.History.Epochs.Select(epoch => epoch.Value("accuracy")), actual.History.Epochs.Select(epoch => epoch.Value("accuracy")));
        foreach (var (mine, other) in expected.Model.parameters().Zip(actual.Model.parameters()))
            Assert.Equal(mine.ReadFloats(), other.ReadFloats());
    }

    /// <summary>A model with data, from the same seed each time.</summary>
    private sealed class Trial
    {
        private readonly GraphedStepsTests _test;
        private readonly Loaders<Tensor, Tensor> _data;
        private Learner<Tensor, Tensor, Tensor>? _learner;

        public Trial(GraphedStepsTests test, bool remembers = false, bool twoBiases = false, torch.Device? device = null)
        {
            _test = test;
            manual_seed(3);
            Model = new Net(remembers, twoBiases, device is null ? 0 : 0.3);
            if (device is not null) Model.to(device);
            var inputs = randn(Items, 6);
            var targets = inputs.narrow(1, 0, 3).argmax(1);
            var options = new LoaderOptions(8) { Sampler = Sampler.Shuffled, Device = device ?? Devices.Cpu };
            var loader = new TensorLoader<Tensor, Tensor>(inputs.to(options.Device), targets.to(options.Device), Items, options);
            _data = new(loader, loader);
        }

        public Module<Tensor, Tensor> Model { get; }

        public History History => _learner!.History;

        public Learner<Tensor, Tensor, Tensor> Learner(params Callback[] callbacks)
        {
            _test._trial = this;
            return _learner = DeepCourse.Training.Learner.Create(
                _data, Model, (output, targets) => _test._lastLoss = functional.cross_entropy(output, targets), Optimizers.AdamW(),
                [new Accuracy(), .. callbacks]);
        }

        public void Fit(int epochs, params Callback[] callbacks) => _learner!.Fit(epochs, 0.01, callbacks);
    }

    /// <summary>Two layers in two groups.</summary>
    private class Net : Module<Tensor, Tensor>, ILayerGroups
    {
        private readonly TorchSharp.Modules.Linear body = Linear(6, 8);
        private readonly TorchSharp.Modules.Linear head = Linear(8, 3);
        private readonly Module<Tensor, Tensor> memory;
        private readonly TorchSharp.Modules.Dropout dropout;
        private readonly Module<Tensor, Tensor> biases;

        public Net(bool remembers, bool twoBiases, double dropped) : base("Net")
        {
            memory = remembers ? new Memory() : Identity();
            dropout = Dropout(dropped);
            biases = twoBiases ? new TwoBiases() : Identity();
            RegisterComponents();
        }

        public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[body, memory], [head, biases]];

        public override Tensor forward(Tensor input)
        {
            var narrow = functional.pad(input, [0, 6 - input.size(1)]);
            return biases.call(head.call(dropout.call(memory.call(body.call(narrow).relu()))));
        }
    }

    /// <summary>Whose gradients are one and the same sum.</summary>
    private sealed class TwoBiases : Module<Tensor, Tensor>
    {
        private readonly Parameter first = new(zeros(3));
        private readonly Parameter second = new(zeros(3));

        public TwoBiases() : base("TwoBiases") => RegisterComponents();

        public override Tensor forward(Tensor input) => input + first + second;
    }

    private sealed class Memory() : Module<Tensor, Tensor>("Memory"), IStatefulModule
    {
        private double _calls;

        public void ResetState() => _calls = 0;

        public override Tensor forward(Tensor input) => input * (1 + 0.01 * _calls++);
    }

    private sealed class Doubled : Callback
    {
        protected internal override void TransformLoss(Run run, ref Tensor loss) => loss = loss * 2;
    }

    private sealed class HoldEverySecond : Callback
    {
        protected internal override void AfterBackward(Run run)
        {
            if (run.BatchIndex % 2 == 0) run.HoldStep();
        }
    }

    private sealed class UnfreezeInEpoch(int epoch) : Callback
    {
        protected internal override void BeforeEpoch(Run run)
        {
            if (run.Epoch == epoch) run.Learner.Groups.Unfreeze();
        }
    }

    private sealed class FreezeInBatch(int batch) : Callback
    {
        protected internal override void BeforeBatch(Run run)
        {
            if (run.Phase == Phase.Train && run.BatchIndex == batch) run.Learner.Groups.Freeze();
        }
    }

    /// <summary>Takes columns away, as pictures grow and shrink.</summary>
    private sealed class NarrowerEvery(int epochs) : Callback<Tensor, Tensor, Tensor>
    {
        protected internal override void TransformBatch(Run run, ref Batch<Tensor, Tensor> batch) =>
            batch = batch with { Inputs = batch.Inputs.narrow(1, 0, 6 - run.Epoch / epochs) };
    }

    private sealed class SearchInEpoch(Learner learner, int epoch) : Callback
    {
        protected internal override void BeforeBatch(Run run)
        {
            if (run.Phase == Phase.Train && run.Epoch == epoch && run.BatchIndex == 1) learner.FindLearningRate(steps: 4);
        }
    }

    private sealed class WaitsForTheGpu() : ExternalException("the host waits");

    private sealed class ValidateEveryBatch(Learner learner) : Callback
    {
        protected internal override void AfterBatch(Run run)
        {
            if (run.Phase == Phase.Train) learner.Validate();
        }
    }
}
