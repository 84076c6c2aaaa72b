namespace DeepCourse.Training.Callbacks;

/// <summary>Writes a checkpoint now and then, and when the fit is cancelled, so that a killed run can go on.</summary>
/// <remarks><see cref="Learner.Resume"/> reads it. The file is replaced as a whole: there is always a good
/// one. Where several processes train one model, the first one writes it for all.</remarks>
public sealed class CheckpointEvery : Callback
{
    private readonly string _path;
    private readonly int? _batches;
    private readonly int? _epochs;
    private int _since;

    /// <summary>Says where and how often.</summary>
    /// <param name="path">The file; folders are made.</param>
    /// <param name="batches">After how many training batches; null means not between batches.</param>
    /// <param name="epochs">After how many epochs; null means not between epochs.</param>
    public CheckpointEvery(string path, int? batches = null, int? epochs = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (batches is { } b) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b, nameof(batches));
        if (epochs is { } e) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(e, nameof(epochs));
        (_path, _batches, _epochs) = (path, batches, epochs);
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Recording;

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) => _since = 0;

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run)
    {
        if (run.Phase == Phase.Train) _since++;
        // Gradients that wait for their step are not written; the next batch will do.
        if (run.HoldsGradients) return;
        var due = run.Phase == Phase.Train && _since >= _batches;
        if (!due && run.StopReason != Run.Cancelled) return;
        _since = 0;
        var next = run.Phase == Phase.Validate ? run.TrainBatchCount : run.BatchIndex + (run.BatchIsDone ? 1 : 0);
        Write(run, run.Epoch, next);
    }

    /// <inheritdoc/>
    protected internal override void AfterEpoch(Run run)
    {
        if (run.IsStopping || _epochs is not { } epochs) return;
        if ((run.Epoch + 1) % epochs == 0 || run.Epoch + 1 == run.EpochCount)
            Write(run, run.Epoch + 1, 0);
    }

    // All processes take part in gathering the state; one of them writes it.
    private void Write(Run run, int epoch, int batch)
    {
        var checkpoint = run.Learner.TakeCheckpoint(run, epoch, batch);
        if (run.WritesFiles) checkpoint.Save(_path);
    }
}
