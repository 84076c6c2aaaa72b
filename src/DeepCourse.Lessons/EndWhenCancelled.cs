using DeepCourse.Training;

namespace DeepCourse.Lessons;

/// <summary>Ends a fit after the current batch when the user asks for it, so that checkpoints are written as at any end.</summary>
/// <param name="cancellation">The request.</param>
internal sealed class EndWhenCancelled(CancellationToken cancellation) : Callback
{
    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Schedule;

    /// <inheritdoc/>
    protected override void BeforeBatch(Run run)
    {
        if (cancellation.IsCancellationRequested) run.EndFit("cancelled");
    }
}
