namespace DeepCourse.Training.Callbacks;

/// <summary>Ends the fit when a number has not become better for some epochs.</summary>
/// <param name="monitor">What to watch; by default the validation loss.</param>
/// <param name="patience">How many epochs without a better value are borne.</param>
/// <param name="change">By how much a value must be better to count.</param>
public sealed class EarlyStopping(Monitor? monitor = null, int patience = 3, double change = 0)
    : Callback, ICheckpointed
{
    private readonly Patience _patience = new(monitor, change);

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
        if (_patience.Count(run) is var waited && waited >= Math.Max(1, patience))
            run.EndFit($"{_patience.Monitor.Name} has not been better than {_patience.Best:0.####} for {waited} epochs");
    }
}
