namespace DeepCourse.Training;

public abstract partial class Learner
{
    /// <summary>Judges the model as it is.</summary>
    /// <param name="cancellation">Ends the validation early.</param>
    /// <returns>The mean loss over the items, and the metrics among the learner's callbacks.</returns>
    /// <remarks>Of the callbacks those take part that place, change data or measure; history stays as it is. A callback
    /// may ask for it in the middle of an epoch.</remarks>
    public Validation Validate(CancellationToken cancellation = default)
    {
        using var recorder = new Recorder();
        var plan = new RunPlan(_fitCount, EpochCount: 1, _loaderEpochs, CountBatches(Phase.Train));
        var run = new Run(this, plan) { History = new History() };
        using var turn = TakeTurn([recorder, .. _callbacks.Where(callback => callback.Band is
            CallbackBand.Placement or CallbackBand.Data or CallbackBand.Metrics)]);
        var training = Model.training;
        try
        {
            RunPhase(run, Phase.Validate, 0, cancellation);
        }
        finally
        {
            Cleanup(run, 0);
            Model.train(training);
        }
        return new Validation(run.ValidationLoss, run.History.TakePending());
    }
}
