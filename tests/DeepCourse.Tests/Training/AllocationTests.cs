using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

public sealed class AllocationTests
{
    private const int Batches = 200;
    private const int Epochs = 4;

    /// <summary>A regime that does nothing with its batches: what is allocated then is the loop's own.</summary>
    [Theory]
    [InlineData(Phase.Train)]
    [InlineData(Phase.Validate)]
    public void TheLoop_AllocatesNothingInABatch(Phase phase)
    {
        using var model = Linear(1, 1);
        var meter = new Meter(phase);
        using var learner = new Idle(model, [meter]);
        learner.FitOneCycle(Epochs, 0.1);
        // The first epoch compiles, and makes room for the losses.
        Assert.All(meter.PerBatch.TakeLast(Batches - 1), bytes => Assert.Equal(0, bytes));
    }

    [Fact]
    public void AStepOfTheLearner_AllocatesNoMoreThanOneWrittenByHand()
    {
        using var inputs = zeros(4, 1);
        using var targets = zeros(4, 1);
        var loader = new Same(new(inputs, targets, 4));
        using var model = Linear(1, 1);
        var meter = new Meter(Phase.Train);
        using var learner = Learner.Create(new Loaders<Tensor, Tensor>(loader, new Same(loader.Batch, 0)), model,
            Loss.MeanSquaredError, Optimizers.Sgd(0.1), [meter]);
        learner.FitOneCycle(Epochs, 0.1);
        var bare = Enumerable.Range(0, Epochs).Select(_ => BareLoop(model, loader, learner.Optimizer)).Min();
        var ours = meter.PerBatch.TakeLast(Batches - 1).Min();
        Assert.True(ours <= bare, $"{ours} bytes per batch, {bare} in a bare loop");
    }

    private static long BareLoop(Module<Tensor, Tensor> model, Same loader, torch.optim.Optimizer optimizer)
    {
        var (least, last) = (long.MaxValue, GC.GetAllocatedBytesForCurrentThread());
        foreach (var batch in loader.Batches(0))
        {
            using var scope = NewDisposeScope();
            var loss = Loss.MeanSquaredError(model.call(batch.Inputs), batch.Targets);
            loss.backward();
            optimizer.step();
            optimizer.zero_grad();
            var now = GC.GetAllocatedBytesForCurrentThread();
            (least, last) = (Math.Min(least, now - last), now);
        }
        return least;
    }

    /// <summary>Notes what the thread allocates from batch to batch of a phase.</summary>
    private sealed class Meter(Phase phase) : Callback
    {
        private readonly long[] _at = new long[Epochs * Batches];
        private int _count;

        /// <summary>Between two batches of the same epoch and otherwise of the same phase.</summary>
        public IEnumerable<long> PerBatch => _at.Take(_count).Zip(_at.Take(_count).Skip(1), (from, to) => to - from);

        public override CallbackBand Band => CallbackBand.Display;

        protected internal override void BeforeBatch(Run run)
        {
            if (run.Phase == phase) _at[_count++] = GC.GetAllocatedBytesForCurrentThread();
        }
    }

    private sealed class Idle(Module model, Callback[] callbacks)
        : Learner(model, Optimizers.Sgd(0.1), callbacks)
    {
        private readonly Tensor _loss = torch.tensor(0f);

        public override int CountBatches(Phase phase) => Batches;

        protected override void OpenBatches(Run run, int firstBatch)
        {
        }

        protected override bool ReadBatch(Run run, out int size)
        {
            size = 4;
            return run.BatchIndex < Batches;
        }

        protected override void RunBatch(Run run) => run.GraphLoss = _loss;

        protected override void CloseBatches()
        {
        }

        protected override void Dispose(bool disposing)
        {
            _loss.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Same(Batch<Tensor, Tensor> batch, int count = Batches) : ILoader<Tensor, Tensor>
    {
        public Batch<Tensor, Tensor> Batch => batch;

        public int Count => count;

        public int ItemCount => count * batch.Size;

        public IEnumerable<Batch<Tensor, Tensor>> Batches(
            int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            for (var i = firstBatch; i < count; i++) yield return batch;
        }
    }
}
