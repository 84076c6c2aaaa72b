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
        if (_monitor.IsBetter(value, _best)) (_best, _waited) = (value, 0);
        else if (++_waited >= patience)
        {
            _waited = 0;
            if (run.Rates.LearningRate * factor >= lowest) run.Rates.Scale(factor);
        }
    }
}
