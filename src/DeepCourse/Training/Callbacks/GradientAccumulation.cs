namespace DeepCourse.Training.Callbacks;

/// <summary>Takes a step only after a number of items, as if the batches between had been one.</summary>
/// <remarks>
/// The gradient is the mean over that many items. What is left at the end of an epoch makes a step of its own, so that
/// no gradient is carried into the next epoch. Normalisation layers still see the small batches.
/// </remarks>
public sealed class GradientAccumulation : Callback
{
    private readonly int _items;
    private int _seen;

    /// <summary>Says how many items a step is for.</summary>
    /// <param name="items">At least as many as in one batch (of all processes together), to make a difference.</param>
    public GradientAccumulation(int items)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(items);
        _items = items;
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Regularisation;

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run) => _seen = 0;

    /// <inheritdoc/>
    protected internal override void TransformLoss(Run run, ref Tensor loss)
    {
        loss = loss * ((double)run.JointBatchSize / _items);
        _seen += run.JointBatchSize;
        // Asked for before the gradients are there, so that all who look at them know that they are not whole yet.
        if (_seen < _items && run.BatchIndex < run.BatchCount - 1) run.HoldStep();
        else _seen = 0;
    }
}
