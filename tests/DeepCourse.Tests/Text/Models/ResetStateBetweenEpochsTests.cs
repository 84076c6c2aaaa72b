using DeepCourse.Data;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Text.Losses;
using DeepCourse.Text.Models;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Text.Models;

public sealed class ResetStateBetweenEpochsTests
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "run.checkpoint");

    [Fact]
    public void Phases_BeginWithAnEmptyMemory()
    {
        using var trial = new Trial();
        var first = trial.Learner.Validate().Loss;
        // A memory from elsewhere, and one from the validation before.
        using (NewDisposeScope()) trial.Model.call(SmallLanguageModel.Tokens(2, 4));
        Assert.Equal(first, trial.Learner.Validate().Loss);
    }

    [Fact]
    public void AValidationInTheMiddleOfTraining_LeavesNoTrace()
    {
        using var plain = new Trial();
        using var disturbed = new Trial(new Disturbance());
        plain.Learner.Fit(2);
        disturbed.Learner.Fit(2);
        Assert.Equal(plain.Learner.History.Losses, disturbed.Learner.History.Losses);
    }

    [Fact]
    public void WithoutIt_TheMemoryOfValidationWouldDisturb()
    {
        using var plain = new Trial();
        using var disturbed = new Trial(resets: false, callbacks: new Disturbance());
        plain.Learner.Fit(1);
        disturbed.Learner.Fit(1);
        Assert.NotEqual(plain.Learner.History.Losses, disturbed.Learner.History.Losses);
    }

    [Fact]
    public void AStoppedEpoch_GoesOnWithWhatTheModelRemembered()
    {
        using var whole = new Trial(new CheckpointEvery(_path + ".whole"));
        whole.Learner.Fit(2);
        using (var stopped = new Trial(new CheckpointEvery(_path), new Stop(after: 3))) stopped.Learner.Fit(2);
        using var resumed = new Trial(new CheckpointEvery(_path));
        resumed.Learner.Resume(_path);
        resumed.Learner.Fit(2);
        Assert.Equal(whole.Learner.History.Losses, resumed.Learner.History.Losses);
    }

    [Fact]
    public void AfterAnException_TheMemoryIsAsBefore()
    {
        using var scope = NewDisposeScope();
        using var trial = new Trial(new Fault());
        trial.Model.eval();
        var tokens = SmallLanguageModel.Tokens(2, 4);
        trial.Model.call(tokens);
        var memory = trial.Model.Encoder.PeekState()!.Layers[0][0].ReadFloats();
        Assert.Throws<InvalidOperationException>(() => trial.Learner.Fit(1));
        Assert.Equal(memory, trial.Model.Encoder.PeekState()!.Layers[0][0].ReadFloats());
    }

    private sealed class Trial : IDisposable
    {
        private readonly Loaders<Tensor, Tensor> _data = new(new TokenStream(6), new TokenStream(3));

        public Trial(params Callback[] callbacks) : this(true, callbacks)
        {
        }

        public Trial(bool resets, params Callback[] callbacks)
        {
            Model = SmallLanguageModel.Make();
            Learner = DeepCourse.Training.Learner.Create(
                _data, Model, new LanguageModelLoss().Of, Optimizers.Sgd(0.5),
                resets ? [new ResetStateBetweenEpochs(), .. callbacks] : callbacks);
        }

        public LanguageModel Model { get; }

        public Learner<Tensor, LanguageModelOutput, Tensor> Learner { get; }

        public void Dispose()
        {
            Learner.Dispose();
            Model.Dispose();
        }
    }

    private sealed class Disturbance : Callback
    {
        protected internal override void AfterBatch(Run run)
        {
            if (run.Phase == Phase.Train && run.BatchIndex == 2) run.Learner.Validate();
        }
    }

    private sealed class Stop(int after) : Callback
    {
        protected internal override void AfterBatch(Run run)
        {
            if (run.Phase == Phase.Train && run.BatchIndex == after) run.EndFit(Run.Cancelled);
        }
    }

    private sealed class Fault : Callback
    {
        protected internal override void AfterBatch(Run run) => throw new InvalidOperationException("as planned");
    }
}
