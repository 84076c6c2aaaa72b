using DeepCourse.Optimization;

namespace DeepCourse.Training.Callbacks;

/// <summary>Turns the optimizer's dials before every training batch.</summary>
/// <param name="rates">The rates that the factor is applied to.</param>
/// <param name="factor">What the rates are multiplied by, over the progress of the fit.</param>
/// <param name="momentum">Momentum over the progress of the fit; null leaves it as it is.</param>
public sealed class Scheduling(LearningRates rates, Schedule factor, Schedule? momentum = null) : Callback
{
    private double[] _rates = [];

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Schedule;

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) => _rates = rates.For(run.Rates.GroupCount);

    /// <inheritdoc/>
    protected internal override void BeforeBatch(Run run)
    {
        if (run.Phase != Phase.Train) return;
        run.Rates.SetLearningRates(_rates, factor.At(run.Progress));
        if (momentum is not null) run.Rates.SetMomentum(momentum.At(run.Progress));
    }
}
