namespace DeepCourse.Training.Callbacks;

/// <summary>Lowers all learning rates when a number has not become better for some epochs.</summary>
/// <param name="monitor">What to watch; by default the validation loss.</param>
/// <param name="factor">What the rates are multiplied by, between 0 and 1.</param>
/// <param name="patience">How many epochs without a better value are borne.</param>
/// <param name="lowest">The last group's rate is not brought below this.</param>
/// <remarks>For fits with a constant rate: a schedule would set its own rate again at the next batch.</remarks>
public sealed class ReduceRateOnPlateau(
    Monitor? monitor = null, double factor = 0.1, int patience = 2, double lowest = 0)
    : Callback, ICheckpointed
{
    private readonly Patience _patience = new(monitor);

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Schedule;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer) => _patience.Save(writer);

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader) => _patience.Load(reader);

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) => _patience.Reset();

    /// <inheritdoc/>
    protected internal override void AfterEpoch(Run run)
    {
        if (_patience.Count(run) < Math.Max(1, patience)) return;
        _patience.BeginAgain();
        if (run.Rates.LearningRate * factor >= lowest) run.Rates.Scale(factor);
    }
}
