namespace DeepCourse.Training;

public abstract partial class Learner
{
    /// <summary>Trains for a while with one callback more, and then puts everything back as it was: model, optimizer,
    /// random numbers, the memories of callbacks. No validation, no history, no fit counted.</summary>
    internal void Try(int batches, Callback trial)
    {
        var count = CountBatches(Phase.Train);
        ArgumentOutOfRangeException.ThrowIfZero(count, "training batches");
        var plan = new RunPlan(_fitCount, (batches + count - 1) / count, _loaderEpochs, count);
        var run = new Run(this, plan) { History = new History() };
        using var turn = TakeTurn([trial, .. _callbacks.Where(callback => callback.Band is
            CallbackBand.Placement or CallbackBand.Data or CallbackBand.Regularisation)]);
        var before = TakeCheckpoint(run, 0, 0);
        try
        {
            DropGradients();
            Tell(run, static (callback, run) => callback.BeforeFit(run));
            for (; run.Epoch < run.EpochCount && run.Leaving < RunScope.Fit; run.Epoch++)
            {
                Tell(run, static (callback, run) => callback.BeforeEpoch(run));
                RunPhase(run, Phase.Train, 0, CancellationToken.None);
                Tell(run, static (callback, run) => callback.AfterEpoch(run));
                Parallel?.Settle(run);
            }
            Tell(run, static (callback, run) => callback.AfterFit(run));
        }
        finally
        {
            Cleanup(run, 0);
            DropGradients();
            before.RestoreWeights(this);
            before.RestoreCallbacks(_turn);
            before.RestoreRandom();
        }
    }

    internal LearningRateSearch Search(Func<LearningRateSearch> search)
    {
        if (RepeatSearch() is { } known) return known;
        var found = search();
        if (Parallel is { } parallel) found = parallel.OfFirst(found);
        _searchCount++;
        History.Add(found);
        return found;
    }
}
