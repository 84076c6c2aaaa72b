using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training;

public sealed class ResumeTests
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "run.checkpoint");

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    public void KilledAndResumed_GivesTheSameCurveToTheLastBit(int killAt)
    {
        var expected = Uninterrupted();

        using (var killed = Learner(new CheckpointEvery(_path, batches: 3), new Kill(killAt)))
            Assert.Throws<OperationCanceledException>(() => Program(killed));

        using var resumed = Learner(new CheckpointEvery(_path, batches: 3));
        if (File.Exists(_path)) resumed.Learner.Resume(_path);
        Program(resumed);

        Same(expected, resumed);
    }

    [Fact]
    public void Cancelled_WritesACheckpointWhereItStopped()
    {
        var expected = Uninterrupted();
        using var source = new CancellationTokenSource();
        using (var cancelled = Learner(new CheckpointEvery(_path, epochs: null), new Cancel(source, 6)))
            Assert.Equal("cancelled", cancelled.Learner.FitOneCycle(3, 1e-2, cancellation: source.Token).StopReason);

        using var resumed = Learner(new CheckpointEvery(_path, epochs: null));
        resumed.Learner.Resume(_path);
        Program(resumed);

        Same(expected, resumed);
        Assert.Contains((1, 2), resumed.Train.Asked);
    }

    [Fact]
    public void CancelledBeforeABatch_RepeatsThatBatch()
    {
        var expected = Uninterrupted();
        var batches = 0;
        var stop = new EventLog((moment, run) =>
        {
            if (moment == "B(" && run.Phase == Phase.Train && ++batches == 7) run.EndFit(Run.Cancelled);
        });
        using (var cancelled = Learner(new CheckpointEvery(_path, epochs: null),
            stop)) cancelled.Learner.FitOneCycle(3, 1e-2);
        using var resumed = Learner(new CheckpointEvery(_path, epochs: null));
        resumed.Learner.Resume(_path);
        Program(resumed);
        Same(expected, resumed);
    }

    [Fact]
    public void CancelledInValidation_RepeatsTheValidation()
    {
        var expected = Uninterrupted();
        using var source = new CancellationTokenSource();
        var stop = new EventLog((moment, run) =>
        {
            if (moment == "V(" && run.Epoch == 1) source.Cancel();
        });
        using (var cancelled = Learner(new CheckpointEvery(_path, batches: 1), stop))
            cancelled.Learner.FitOneCycle(3, 1e-2, cancellation: source.Token);
        using var resumed = Learner(new CheckpointEvery(_path, batches: 1));
        resumed.Learner.Resume(_path);
        Program(resumed);
        Same(expected, resumed);
    }

    [Fact]
    public void Resume_SkipsFitsThatHadEnded()
    {
        using (var killed = Learner(new CheckpointEvery(_path), new Kill(14)))
            Assert.Throws<OperationCanceledException>(() => Program(killed));
        using var resumed = Learner(new CheckpointEvery(_path));
        resumed.Learner.Resume(_path);
        resumed.Learner.FitOneCycle(3, 1e-2);
        Assert.Empty(resumed.Train.Asked);
    }

    [Fact]
    public void Resume_RefusesAFitOfAnotherLength()
    {
        using (var killed = Learner(new CheckpointEvery(_path), new Kill(6)))
            Assert.Throws<OperationCanceledException>(() => Program(killed));
        using var resumed = Learner(new CheckpointEvery(_path));
        resumed.Learner.Resume(_path);
        var error = Assert.Throws<InvalidOperationException>(() => resumed.Learner.FitOneCycle(7, 1e-2));
        Assert.Contains("3 epochs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_RefusesAFileThatIsNoCheckpoint()
    {
        File.WriteAllText(_path, "not a checkpoint");
        using var line = Learner();
        Assert.Throws<DataFormatException>(() => line.Learner.Resume(_path));
    }

    // Two fits in a row, as a fine-tuning program has them: 4 batches by 3 and by 2 epochs.
    private static void Program(LineLearner line)
    {
        line.Learner.FitOneCycle(3, 1e-2);
        line.Learner.FitFlatCosine(2, 5e-3);
    }

    private LineLearner Uninterrupted()
    {
        using var line = Learner(new CheckpointEvery(_path + ".other", batches: 3));
        Program(line);
        return line;
    }

    private static LineLearner Learner(params Callback[] more) => new(
        [new ExponentialMovingAverage(0.9), new EarlyStopping(patience: 100), .. more], Optimizers.AdamW(),
            trainItems: 16,
        model: () => Sequential(Linear(1, 8), Dropout(0.5), ReLU(), Linear(8, 1)));

    private static void Same(LineLearner expected, LineLearner actual)
    {
        Assert.Equal(expected.Learner.History.Batches, actual.Learner.History.Batches);
        Assert.Equal(
            expected.Learner.History.Epochs.Select(row => (row.Fit, row.Epoch, row.TrainingLoss, row.ValidationLoss,
                row.LearningRate)),
            actual.Learner.History.Epochs.Select(row => (row.Fit, row.Epoch, row.TrainingLoss, row.ValidationLoss,
                row.LearningRate)));
    }

    private sealed class Kill(int atBatch) : Callback
    {
        private int _batches;

        protected internal override void AfterStep(Run run)
        {
            if (++_batches == atBatch) throw new OperationCanceledException("killed");
        }
    }

    private sealed class Cancel(CancellationTokenSource source, int atBatch) : Callback
    {
        private int _batches;

        protected internal override void AfterStep(Run run)
        {
            if (++_batches == atBatch) source.Cancel();
        }
    }
}
