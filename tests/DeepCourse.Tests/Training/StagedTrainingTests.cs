using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training;

/// <summary>Data that change in the middle of a fit: one optimizer, one schedule, other batches.</summary>
public sealed class StagedTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staged").FullName;

    private string Checkpoint => Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Fit_ReadsEachStageInItsEpochs()
    {
        using var line = new Line();

        line.Learner.FitOneCycle(4, 0.1);

        Assert.Equal([(0, 0), (1, 0)], line.Small.Asked);
        Assert.Equal([(2, 0), (3, 0)], line.Large.Asked);
        Assert.Equal([2, 2, 4, 4], Enumerable.Range(0, 4).Select(epoch => line.Learner.History.Batches.Count(row => row.Epoch == epoch)));
        // Judged by the stage that was learned from: two epochs each.
        Assert.Equal((2, 2), (line.SmallValidation.Asked.Count, line.LargeValidation.Asked.Count));
    }

    [Fact]
    public void Fit_TheScheduleRunsByEpochs()
    {
        using var line = new Line();
        var progress = new List<double>();
        var log = new EventLog((moment, run) =>
        {
            if (moment == "B(" && run.Phase == Phase.Train) progress.Add(run.Progress);
        });

        line.Learner.Fit(4, callbacks: [log]);

        Assert.Equal([0, 0.125, 0.25, 0.375, 0.5, 0.5625, 0.625, 0.6875, 0.75, 0.8125, 0.875, 0.9375], progress);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void KilledAndResumed_GoesOnInItsStage(int killAt)
    {
        using var expected = new Line();
        expected.Learner.FitOneCycle(4, 0.05);

        using (var killed = new Line(new CheckpointEvery(Checkpoint, batches: 1), new Kill(killAt)))
            Assert.Throws<OperationCanceledException>(() => killed.Learner.FitOneCycle(4, 0.05));
        using var resumed = new Line(new CheckpointEvery(Checkpoint, batches: 1));
        resumed.Learner.Resume(Checkpoint);
        resumed.Learner.FitOneCycle(4, 0.05);

        Assert.Equal(expected.Learner.History.Batches, resumed.Learner.History.Batches);
        Assert.Equal(expected.Slope, resumed.Slope);
    }

    [Fact]
    public void Validate_BeforeTraining_JudgesByTheLastStage()
    {
        using var line = new Line();

        line.Learner.Validate();

        Assert.Equal((0, 1), (line.SmallValidation.Asked.Count, line.LargeValidation.Asked.Count));
    }

    [Fact]
    public void Of_StagesThatDoNotRiseFromZero_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => StagedLoaders.Of<Tensor, Tensor>());
        Assert.Throws<ArgumentException>(() => StagedLoaders.Of((1, Data(4))));
        Assert.Throws<ArgumentException>(() => StagedLoaders.Of((0, Data(4)), (2, Data(4)), (2, Data(4))));
    }

    private static Loaders<Tensor, Tensor> Data(int items) => new(new PointLoader(items, 4), new PointLoader(4, 4));

    private sealed class Kill(int atBatch) : Callback
    {
        private int _batches;

        protected internal override void AfterStep(Run run)
        {
            if (++_batches == atBatch) throw new OperationCanceledException("killed");
        }
    }

    // Two batches an epoch, from the third epoch on four.
    private sealed class Line : IDisposable
    {
        public Line(params Callback[] callbacks)
        {
            manual_seed(42);
            Model = Linear(1, 1);
            var data = StagedLoaders.Of(
                (0, new Loaders<Tensor, Tensor>(Small, SmallValidation)), (2, new Loaders<Tensor, Tensor>(Large, LargeValidation)));
            Learner = DeepCourse.Training.Learner.Create(data, Model, Loss.MeanSquaredError, Optimizers.Sgd(0.1, momentum: 0.9), callbacks);
        }

        public PointLoader Small { get; } = new(items: 8, batchSize: 4);

        public PointLoader Large { get; } = new(items: 8, batchSize: 2);

        public PointLoader SmallValidation { get; } = new(items: 4, batchSize: 4, shuffle: false);

        public PointLoader LargeValidation { get; } = new(items: 4, batchSize: 2, shuffle: false);

        public Module<Tensor, Tensor> Model { get; }

        public Learner<Tensor, Tensor, Tensor> Learner { get; }

        public double Slope => Model.parameters().First().item<float>();

        public void Dispose()
        {
            Learner.Dispose();
            Model.Dispose();
        }
    }
}
