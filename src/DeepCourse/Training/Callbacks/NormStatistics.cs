namespace DeepCourse.Training.Callbacks;

/// <summary>Gathers the statistics of batch normalisation anew in one pass over the batches: every batch counts the same,
/// and nothing of what the layers knew before is left.</summary>
/// <remarks>For weights that no batch has passed through yet, such as averages of weights. Layers that other callbacks
/// keep in evaluation mode keep their statistics.</remarks>
internal sealed class NormStatistics : Callback
{
    private readonly List<(NormBase Norm, double? Momentum)> _norms = [];

    public override CallbackBand Band => CallbackBand.Regularisation;

    /// <summary>Refreshes the statistics of the model of a fit; without such layers nothing is read.</summary>
    public static void Refresh(Run fit)
    {
        if (!fit.Model.modules().Any(Tracks)) return;
        var statistics = new NormStatistics();
        try
        {
            fit.Learner.Observe(fit, statistics);
        }
        finally
        {
            foreach (var (norm, momentum) in statistics._norms) norm.momentum = momentum;
        }
    }

    protected internal override void BeforePhase(Run run)
    {
        foreach (var norm in run.Model.modules().Where(Tracks).Cast<NormBase>().Where(norm => norm.training))
        {
            _norms.Add((norm, norm.momentum));
            norm.reset_running_stats();
        }
    }

    // The n-th batch changes the mean of n by an n-th.
    protected internal override void BeforeBatch(Run run)
    {
        foreach (var (norm, _) in _norms) norm.momentum = 1.0 / (run.BatchIndex + 1);
    }

    private static bool Tracks(Module module) => module is BatchNorm { track_running_stats: true };
}
