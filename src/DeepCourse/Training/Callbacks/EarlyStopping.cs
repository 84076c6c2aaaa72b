namespace DeepCourse.Training.Callbacks;

/// <summary>Ends the fit when a number has not become better for some epochs.</summary>
/// <param name="monitor">What to watch; by default the validation loss.</param>
/// <param name="patience">How many epochs without a better value are borne.</param>
/// <param name="change">By how much a value must be better to count.</param>
public sealed class EarlyStopping(Monitor? monitor = null, int patience = 3, double change = 0)
    : Callback, ICheckpointed
{
    private readonly Monitor _monitor = monitor ?? Monitor.ValidationLoss;
    private double _best = double.NaN;
    private int _waited;

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Schedule;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(_best);
        writer.Write(_waited);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader) => (_best, _waited) = (reader.ReadDouble(), reader.ReadInt32());

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) => (_best, _waited) = (double.NaN, 0);

    /// <inheritdoc/>
    protected internal override void AfterEpoch(Run run)
    {
        var value = _monitor.Read(run);
        if (_monitor.IsBetter(value, _best, change)) (_best, _waited) = (value, 0);
        else if (++_waited >= patience)
            run.EndFit($"{_monitor.Name} has not been better than {_best:0.####} for {_waited} epochs");
    }
}
