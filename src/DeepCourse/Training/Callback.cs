namespace DeepCourse.Training;

/// <summary>Something that takes part in training at certain moments, without knowing the types of the data.</summary>
/// <remarks>
/// <b>Extending.</b> Override the moments that matter. Before and After observe, Transform writes what it is given by
/// reference, Cleanup undoes. Every Before is followed by its After, even when a stop was asked for between them; only
/// an exception skips the After, and then <see cref="CleanupFit"/> alone is called. Read <see cref="Run"/>, keep state
/// in fields, refer to other callbacks by constructor argument. For batches and outputs derive from
/// <see cref="Callback{TX, TOut, TY}"/>.
/// </remarks>
public abstract class Callback
{
    /// <summary>When this callback has its turn among others.</summary>
    public virtual CallbackBand Band => CallbackBand.Data;

    /// <summary>Whether training batches may be recorded up to their gradients and repeated without this callback
    /// (<see cref="Graphs.GraphedSteps"/>). Say false where it hooks the model, looks at what the loss or the model leave
    /// behind, or changes numbers that they compute with. Callbacks that transform outputs or losses are never recorded.</summary>
    protected internal virtual bool CanBeRecorded => true;

    /// <summary>Whether what it does to a loss is nothing that a recording would miss.</summary>
    internal virtual bool TransformsAlike => false;

    /// <summary>Before the forward pass of a batch that is computed at once, perhaps a second time.</summary>
    internal virtual void BeforeForward(Run run)
    {
    }

    /// <summary>Wraps a metric, so that metrics can stand in a list of callbacks.</summary>
    /// <param name="metric">Measured in every validation.</param>
    public static implicit operator Callback(Metrics.Metric metric) => FromMetric(metric);

    /// <summary>Wraps a metric, so that metrics can stand in a list of callbacks.</summary>
    /// <param name="metric">Measured in every validation.</param>
    public static Callback FromMetric(Metrics.Metric metric) => new Callbacks.MetricsRecorder(metric);

    /// <summary>Before anything else of a fit.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void BeforeFit(Run run)
    {
    }

    /// <summary>Before the training phase of an epoch.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void BeforeEpoch(Run run)
    {
    }

    /// <summary>Before the first batch of training or of validation.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void BeforePhase(Run run)
    {
    }

    /// <summary>Before a batch is used; it has been read.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void BeforeBatch(Run run)
    {
    }

    /// <summary>After the loss, in training only: changes what gradients are taken of, not what is reported.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="loss">A tensor of one element.</param>
    protected internal virtual void TransformLoss(Run run, ref Tensor loss)
    {
    }

    /// <summary>After the gradients have been computed, before the step; changes gradients, or asks to hold the
    /// step.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void AfterBackward(Run run)
    {
    }

    /// <summary>After the optimizer has changed the weights.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void AfterStep(Run run)
    {
    }

    /// <summary>After a batch; its tensors are still alive.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void AfterBatch(Run run)
    {
    }

    /// <summary>After the last batch of training or of validation.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void AfterPhase(Run run)
    {
    }

    /// <summary>After the validation of an epoch.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void AfterEpoch(Run run)
    {
    }

    /// <summary>After a fit that ended, early or not, without an exception.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void AfterFit(Run run)
    {
    }

    /// <summary>The very last moment, also after an exception: undo what outlives the fit.</summary>
    /// <param name="run">What is happening.</param>
    protected internal virtual void CleanupFit(Run run)
    {
    }
}
