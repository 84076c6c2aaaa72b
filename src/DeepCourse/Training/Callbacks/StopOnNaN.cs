using DeepCourse.Tensors;

namespace DeepCourse.Training.Callbacks;

/// <summary>Ends the fit when the loss is no longer a number, with the batch and the rate as the reason.</summary>
/// <remarks>Losses are read together every few batches, so that a GPU is not kept waiting.</remarks>
public sealed class StopOnNaN : Callback
{
    private readonly List<(int Batch, double Rate)> _places = [];
    private readonly int _every;
    private Tensor? _losses;

    /// <summary>Says how often to look.</summary>
    /// <param name="every">After how many batches losses are read.</param>
    public StopOnNaN(int every = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        _every = every;
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Schedule;

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run)
    {
        if (run.Phase != Phase.Train || run.Loss is not { } loss) return;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _losses ??= zeros(_every, ScalarType.Float64, loss.device).DetachFromDisposeScope();
        _losses.narrow(0, _places.Count, 1).copy_(loss.reshape(1));
        _places.Add((run.BatchIndex, run.Rates.LearningRate));
        if (_places.Count == _every) Look(run);
    }

    /// <inheritdoc/>
    protected internal override void AfterPhase(Run run)
    {
        if (run.Phase == Phase.Train) Look(run);
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        _losses?.Dispose();
        _losses = null;
        _places.Clear();
    }

    private void Look(Run run)
    {
        if (_places.Count == 0) return;
        var losses = _losses!.ReadNumbers();
        for (var i = 0; i < _places.Count; i++)
        {
            if (double.IsFinite(losses[i])) continue;
            var (batch, rate) = _places[i];
            run.EndFit(
                $"the loss is {losses[i]} at batch {batch} of epoch {run.Epoch} (learning rate {rate:0.###e+0})");
            break;
        }
        _places.Clear();
    }
}
