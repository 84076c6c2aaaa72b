using DeepCourse.Data;
using DeepCourse.Distributed;
using DeepCourse.Optimization;

namespace DeepCourse.Training;

/// <summary>What is happening right now. Callbacks read it; all they may do to it is ask for a stop.</summary>
public sealed class Run
{
    /// <summary>The <see cref="StopReason"/> of a fit whose cancellation token was used.</summary>
    public const string Cancelled = "cancelled";

    private readonly Learner _learner;
    private Tensor? _loss;

    internal Run(Learner learner, RunPlan plan)
    {
        (_learner, History) = (learner, learner.History);
        (Fit, EpochCount, FirstLoaderEpoch, TrainBatchCount) =
            (plan.Fit, plan.EpochCount, plan.FirstLoaderEpoch, plan.TrainBatchCount);
    }

    /// <summary>The model that is trained.</summary>
    public Module Model => _learner.Model;

    /// <summary>The optimizer that trains it.</summary>
    public torch.optim.Optimizer Optimizer => _learner.Optimizer;

    /// <summary>The optimizer's learning rates and momentum.</summary>
    public OptimizerRates Rates => _learner.Rates;

    /// <summary>What has been written down so far, over all fits of the learner.</summary>
    public History History { get; internal init; }

    /// <summary>Which fit of the learner this is, from 0.</summary>
    public int Fit { get; }

    /// <summary>The number of epochs of this fit.</summary>
    public int EpochCount { get; }

    /// <summary>The current epoch of this fit, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The epoch counted over all fits of the learner, from 0: what loaders shuffle by.</summary>
    public int LoaderEpoch => FirstLoaderEpoch + Epoch;

    /// <summary>Whether the model learns or is judged.</summary>
    public Phase Phase { get; internal set; }

    /// <summary>The current batch of the phase, from 0.</summary>
    public int BatchIndex { get; internal set; }

    /// <summary>The number of batches of the phase.</summary>
    public int BatchCount { get; internal set; }

    /// <summary>The number of items in the current batch.</summary>
    public int BatchSize { get; internal set; }

    /// <summary>The number of training batches of the current epoch.</summary>
    public int TrainBatchCount { get; internal set; }

    /// <summary>How much of the fit has passed, 0 to 1, by epochs and, within
    /// one, by training batches.</summary>
    public double Progress
    {
        get
        {
            var done = Epoch + (Phase == Phase.Train ? (double)BatchIndex / Math.Max(1, TrainBatchCount) : 1);
            return Math.Clamp(done / Math.Max(1, EpochCount), 0, 1);
        }
    }

    /// <summary>The loss of the current batch, a tensor of one element that dies with the batch; null before it is
    /// known.</summary>
    /// <remarks>It is what the loss function gave, before <see cref="Callback.TransformLoss"/>, without its graph. Reading
    /// its number waits for the device.</remarks>
    // Made when somebody asks, in the scope of the batch whoever asks, so that a batch that nobody looks at makes none.
    public Tensor? Loss => _loss ??= GraphLoss?.detach().MoveToOtherDisposeScope(GraphLoss);

    /// <summary>The mean training loss of the current epoch; not a number before its training has ended.</summary>
    public double TrainingLoss { get; internal set; } = double.NaN;

    /// <summary>The mean validation loss of the current epoch; not a number before its validation has ended.</summary>
    public double ValidationLoss { get; internal set; } = double.NaN;

    /// <summary>Whether gradients are kept for a later step (see <see cref="HoldStep"/>).</summary>
    public bool HoldsGradients { get; internal set; }

    /// <summary>Whether a callback has asked to hold the step of this batch.</summary>
    public bool StepIsHeld { get; internal set; }

    /// <summary>Why the fit ended early; null where it did not.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether the fit is about to end early.</summary>
    public bool IsStopping => Leaving == RunScope.Fit;

    /// <summary>The number of items in the batch of all processes together, of which <see cref="BatchSize"/> are
    /// here.</summary>
    public int JointBatchSize => BatchSize * Shard.WorldSize;

    /// <summary>Whether this process writes files: where several train one model, the first one does it for all.</summary>
    public bool WritesFiles => _learner.Parallel?.Processes.IsFirst ?? true;

    /// <summary>The processes that each have a part of the phase's data, so that numbers are whole only together; null
    /// where this one has all of it.</summary>
    internal ProcessGroup? Sharing => Shard.IsWhole ? null : _learner.Parallel?.Processes;

    /// <summary>The loss as the loss function gave it, with its graph.</summary>
    internal Tensor? GraphLoss
    {
        get;
        set => (field, _loss) = (value, null);
    }

    /// <summary>Where the time goes, where somebody measures it.</summary>
    internal Profiling.StageLog? Stages { get; set; }

    internal RunScope Leaving { get; set; }

    internal bool BatchIsDone { get; set; }

    /// <summary>Whether batches only pass through the model (see <see cref="Learner.Observe"/>).</summary>
    internal bool IsObserving { get; init; }

    internal int FirstLoaderEpoch { get; set; }

    internal Learner Learner => _learner;

    /// <summary>Says what the time goes to from now on.</summary>
    internal void Enter(RunStage stage, Callback? callback = null) => Stages?.Enter(stage, callback);

    /// <summary>Leaves the current batch: what of it has not happened yet does not happen; its gradients are
    /// dropped.</summary>
    /// <remarks>Where several processes train one model, only after its gradients were exchanged, and in all of
    /// them.</remarks>
    public void SkipBatch() => Ask(RunScope.Batch, null);

    /// <summary>Leaves the current phase: the rest of this batch and the batches after it do not happen.</summary>
    public void EndPhase() => Ask(RunScope.Phase, null);

    /// <summary>Leaves the current epoch, without its validation.</summary>
    public void EndEpoch() => Ask(RunScope.Epoch, null);

    /// <summary>Leaves the fit.</summary>
    /// <param name="reason">Why, for people: it becomes <see cref="StopReason"/>.</param>
    public void EndFit(string reason) => Ask(RunScope.Fit, reason);

    /// <summary>In <see cref="Callback.TransformLoss"/> or <see cref="Callback.AfterBackward"/>: no step now; the
    /// gradients stay, and the next batch's are added.</summary>
    public void HoldStep() => StepIsHeld = true;

    /// <summary>Leaves at once.</summary>
    internal void Leave(RunScope scope, string? reason)
    {
        if (scope > Leaving) Leaving = scope;
        StopReason ??= reason;
    }

    private Shard Shard => _learner.Parallel is null ? Shard.Whole : _learner.ShardOf(Phase);

    // Alone, no process may leave: the others would wait for it.
    private void Ask(RunScope scope, string? reason)
    {
        if (scope > RunScope.Batch && _learner.Parallel is { } parallel) parallel.Wish(scope, reason);
        else Leave(scope, reason);
    }
}
