using DeepCourse.Tensors;

namespace DeepCourse.Training.Callbacks;

/// <summary>Saves the weights whenever a number is better than ever before.</summary>
/// <param name="path">The safetensors file to make and to replace.</param>
/// <param name="monitor">What to watch; by default the validation loss.</param>
/// <param name="loadAtEnd">Whether the model gets the best weights back when the fit ends.</param>
public sealed class BestCheckpoint(string path, Monitor? monitor = null, bool loadAtEnd = true)
    : Callback, ICheckpointed
{
    private readonly Monitor _monitor = monitor ?? Monitor.ValidationLoss;

    /// <summary>The best value so far; not a number where there is none.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <summary>The epoch of the best value, from 0.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Recording;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(Best);
        writer.Write(BestEpoch);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader) => (Best, BestEpoch) = (reader.ReadDouble(), reader.ReadInt32());

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) => (Best, BestEpoch) = (double.NaN, 0);

    /// <inheritdoc/>
    protected internal override void AfterEpoch(Run run)
    {
        var value = _monitor.Read(run);
        if (!_monitor.IsBetter(value, Best)) return;
        (Best, BestEpoch) = (value, run.Epoch);
        if (run.WritesFiles) Weights.Save(run.Model, path);
    }

    /// <inheritdoc/>
    protected internal override void AfterFit(Run run)
    {
        if (!loadAtEnd || double.IsNaN(Best)) return;
        // The others need not see the first process's files.
        if (run.WritesFiles) Weights.Load(run.Model, path);
        run.Learner.Parallel?.Spread(run.Model);
    }
}
