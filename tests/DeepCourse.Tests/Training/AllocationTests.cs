using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

public sealed class AllocationTests
{
    private const int Batches = 400;

    [Fact]
    public void Learner_AllocatesAlmostNothingPerBatch_BesidesWhatTheStepItselfDoes()
    {
        using var inputs = zeros(4, 1);
        using var targets = zeros(4, 1);
        var loader = new Same(new(inputs, targets, 4));
        using var model = Linear(1, 1);
        using var learner = Learner.Create(new Loaders<Tensor, Tensor>(loader, new Same(loader.Batch, 0)), model,
            Loss.MeanSquaredError, Optimizers.Sgd(0.1));
        Fit(learner, 1);
        var ours = (Fit(learner, 9) - Fit(learner, 1)) / (8.0 * Batches);
        var bare = BareLoop(model, loader, learner.Optimizer);
        // A row of the history has 40 bytes, and lists grow by doubling; nothing else may remain of a batch.
        Assert.True(ours - bare < 100, $"{ours} bytes per batch, {bare} in a bare loop");
    }

    private static long Fit(Learner learner, int epochs)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        learner.FitOneCycle(epochs, 0.1);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double BareLoop(Module<Tensor, Tensor> model, Same loader, torch.optim.Optimizer optimizer)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var batch in loader.Batches(0))
        {
            using var scope = NewDisposeScope();
            var loss = Loss.MeanSquaredError(model.call(batch.Inputs), batch.Targets);
            loss.backward();
            optimizer.step();
            optimizer.zero_grad();
        }
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Batches;
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
