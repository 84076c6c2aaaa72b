namespace DeepCourse.Training.Callbacks;

/// <summary>Ends every fit of a learner when a token is used, without the token being handed to each of them.</summary>
/// <param name="cancellation">For instance that of Ctrl-C.</param>
public sealed class StopWhenCancelled(CancellationToken cancellation) : Callback
{
    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) => Look(run);

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run) => Look(run);

    private void Look(Run run)
    {
        if (cancellation.IsCancellationRequested) run.EndFit(Run.Cancelled);
    }
}
