namespace DeepCourse.Training;

public abstract partial class Learner
{
    private int _fitCount;
    private int _loaderEpochs;
    private int _searchCount;
    private Checkpoint? _pending;

    /// <summary>Continues a run that was killed: repeat after this what the program did, and it goes on from
    /// there.</summary>
    /// <param name="path">A file written by <see cref="Callbacks.CheckpointEvery"/>.</param>
    /// <remarks>
    /// Fits that had ended return at once; the one that was under way gets weights, optimizer, random numbers, history
    /// and its position back, in the middle of an epoch if need be, and then runs as it would have run. The model,
    /// the data, the callbacks and the arguments of the fits must be those of the killed run.
    /// </remarks>
    /// <exception cref="Tensors.DataFormatException">The file is not a checkpoint.</exception>
    /// <exception cref="InvalidOperationException">A fit has been run already.</exception>
    public void Resume(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (_fitCount > 0)
            throw new InvalidOperationException("resume before the first fit: this learner has been trained already");
        _pending = Checkpoint.Load(path);
    }

    internal Recorder Recorder { get; } = new();

    internal Checkpoint TakeCheckpoint(Run run, int epoch, int batch) => Checkpoint.Take(run, _turn, epoch, batch);

    private bool IsDone(Run run)
    {
        if (_pending is null || run.Fit >= _pending.Position.Fit) return false;
        _fitCount++;
        run.Epoch = run.EpochCount;
        return true;
    }

    private Checkpoint? TakePending(Run run)
    {
        var resumed = _pending;
        if (resumed is null) return null;
        var saved = resumed.Position;
        if (saved.EpochCount != run.EpochCount)
        {
            throw new InvalidOperationException(
                $"the checkpoint was written in a fit of {saved.EpochCount} epochs, this one has {run.EpochCount}: its schedule would differ");
        }
        _pending = null;
        run.FirstLoaderEpoch = saved.FirstLoaderEpoch;
        resumed.RestoreWeights(this);
        resumed.RestoreHistory(History);
        return resumed;
    }

    // A resumed program asks for the rates again that the killed one found; weights from later would find others.
    private LearningRateSearch? RepeatSearch() =>
        _pending is not null && _searchCount < _pending.Searches.Count ? _pending.Searches[_searchCount++] : null;
}
