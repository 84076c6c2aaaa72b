namespace DeepCourse.Training;

public abstract partial class Learner
{
    /// <summary>Passes the training batches through the model once more, prepared as in training but without learning:
    /// for layers that gather statistics of what they see.</summary>
    /// <param name="fit">The fit that asks, whose next epoch's order the batches come in.</param>
    /// <param name="observer">Takes part beside the callbacks that place and change data.</param>
    internal void Observe(Run fit, Callback observer)
    {
        var plan = new RunPlan(fit.Fit, fit.EpochCount, fit.FirstLoaderEpoch, fit.TrainBatchCount);
        var run = new Run(this, plan) { History = new History(), Epoch = fit.Epoch, IsObserving = true };
        using var turn = TakeTurn([observer, .. _turn.Where(callback => callback.Band is
            CallbackBand.Placement or CallbackBand.Data)]);
        using var frozen = no_grad();
        var training = Model.training;
        try
        {
            RunPhase(run, Phase.Train, 0, CancellationToken.None);
        }
        finally
        {
            Model.train(training);
        }
    }
}
