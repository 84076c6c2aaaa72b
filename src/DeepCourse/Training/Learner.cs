using DeepCourse.Optimization;

namespace DeepCourse.Training;

/// <summary>The training loop: fits, epochs, phases and batches, with every callback's moments around them.</summary>
/// <remarks>
/// <b>Extending.</b> <see cref="Learner{TX, TOut, TY}"/> is the supervised learner. Another regime (two networks that
/// play against each other) derives from this class, reads its batches in <see cref="ReadBatch"/> and says in
/// <see cref="RunBatch"/> what happens to one; <see cref="Learn"/> does backward pass and step.
/// </remarks>
public abstract partial class Learner : IDisposable
{
    private readonly OptimizerFactory _makeOptimizer;
    private readonly Callback[] _callbacks;
    private Callback[] _turn = [];
    private torch.optim.Optimizer? _optimizer;
    private OptimizerRates? _rates;

    /// <summary>Takes what every regime needs.</summary>
    /// <param name="model">On its final device; the caller keeps owning it.</param>
    /// <param name="optimizer">Makes the optimizer when it is first needed; the learner disposes it.</param>
    /// <param name="callbacks">Take part in every fit.</param>
    /// <param name="groups">The layer groups; by default those that the model names itself.</param>
    protected Learner(
        Module model,
        OptimizerFactory optimizer,
        IEnumerable<Callback>? callbacks = null,
        ParameterGroups? groups = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        (Model, _makeOptimizer, _callbacks) = (model, optimizer, [.. callbacks ?? []]);
        Parallel = OnlyParallel(_callbacks);
        Groups = groups ?? ParameterGroups.Of(model);
    }

    /// <summary>The model that is trained.</summary>
    public Module Model { get; }

    /// <summary>The parameters in layer groups, for freezing.</summary>
    public ParameterGroups Groups { get; }

    /// <summary>Everything that was written down over all fits.</summary>
    public History History { get; } = new();

    /// <summary>The callbacks that take part in every fit.</summary>
    public IReadOnlyList<Callback> Callbacks => _callbacks;

    /// <summary>The optimizer; made at the first use and kept over all fits.</summary>
    public torch.optim.Optimizer Optimizer => _optimizer ??= _makeOptimizer(Groups);

    /// <summary>The optimizer's rates and momentum.</summary>
    public OptimizerRates Rates => _rates ??= new OptimizerRates(Optimizer, Groups);

    /// <summary>The number of batches in a phase.</summary>
    /// <param name="phase">Which phase.</param>
    public abstract int CountBatches(Phase phase);

    /// <summary>The number of batches in a phase of a certain epoch, where epochs differ.</summary>
    /// <param name="phase">Which phase.</param>
    /// <param name="loaderEpoch">The epoch, counted over all fits.</param>
    protected virtual int CountBatches(Phase phase, int loaderEpoch) => CountBatches(phase);

    /// <summary>Trains and validates.</summary>
    /// <param name="epochs">How often the training batches are gone through; at least 1.</param>
    /// <param name="rates">Constant learning rates; by default those the optimizer was made with.</param>
    /// <param name="callbacks">Take part in this fit only.</param>
    /// <param name="cancellation">Ends the fit after the current batch, with the reason "cancelled".</param>
    /// <returns>What happened; its <see cref="Run.StopReason"/> tells whether it ended early.</returns>
    public Run Fit(
        int epochs,
        LearningRates? rates = null,
        IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        var run = new Run(this, new RunPlan(_fitCount, epochs, _loaderEpochs, CountBatches(Phase.Train, _loaderEpochs)));
        if (IsDone(run)) return run;
        Rates.Reset();
        if (rates is { } constant) Rates.SetLearningRates(constant.For(Groups.Count));
        using var turn = TakeTurn([Recorder, .. _callbacks, .. callbacks ?? []]);
        var resumed = TakePending(run);
        try
        {
            DropGradients();
            Tell(run, static (callback, run) => callback.BeforeFit(run));
            var first = resumed?.RestoreProgress(run, _turn) ?? 0;
            while (run.Epoch < run.EpochCount && run.Leaving < RunScope.Fit)
            {
                RunEpoch(run, first, cancellation);
                first = 0;
                if (run.Leaving < RunScope.Fit) run.Epoch++;
            }
            Tell(run, static (callback, run) => callback.AfterFit(run));
            (_fitCount, _loaderEpochs) = (run.Fit + 1, run.LoaderEpoch);
        }
        finally
        {
            Cleanup(run, 0);
        }
        return run;
    }

    /// <summary>Opens the sequence of batches of a phase.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="firstBatch">How many batches to leave out at the beginning.</param>
    protected abstract void OpenBatches(Run run, int firstBatch);

    /// <summary>Reads the next batch, inside the dispose scope that it will die with.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="size">The number of items in the batch.</param>
    /// <returns>False after the last batch.</returns>
    protected abstract bool ReadBatch(Run run, out int size);

    /// <summary>Does with the batch what this regime does: model, loss, and in training <see cref="Learn"/>.</summary>
    /// <param name="run">What is happening.</param>
    protected abstract void RunBatch(Run run);

    /// <summary>Closes the sequence of batches.</summary>
    protected abstract void CloseBatches();

    /// <summary>Learns which callbacks take part now, in their order; a place to sort out those with types.</summary>
    /// <param name="turn">The callbacks in the order of their turns.</param>
    protected virtual void CallbacksChanged(IReadOnlyList<Callback> turn)
    {
    }

    /// <summary>Gradients, the step, and everything that callbacks do around them.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="loss">What to take the gradients of: a tensor of one element.</param>
    protected void Learn(Run run, Tensor loss)
    {
        if (run.IsObserving) return;
        run.StepIsHeld = false;
        TransformLoss(run, ref loss);
        if (run.Leaving != RunScope.None) return;
        run.Enter(RunStage.Backward);
        loss = Parallel?.BeginBackward(run, loss) ?? loss;
        loss.backward();
        Parallel?.FinishBackward(run);
        FinishStep(run);
    }

    /// <summary>What callbacks make of the loss before its gradients are computed.</summary>
    private protected void TransformLoss(Run run, ref Tensor loss)
    {
        foreach (var callback in _turn)
        {
            run.Enter(RunStage.Callbacks, callback);
            callback.TransformLoss(run, ref loss);
        }
    }

    /// <summary>Once the gradients are there: the step, unless it is held.</summary>
    private protected void FinishStep(Run run)
    {
        Tell(run, static (callback, run) => callback.AfterBackward(run));
        if (run.Leaving == RunScope.None && run.StepIsHeld)
        {
            run.HoldsGradients = true;
            return;
        }
        if (run.Leaving == RunScope.None)
        {
            run.Enter(RunStage.Step);
            Optimizer.step();
            Tell(run, static (callback, run) => callback.AfterStep(run));
        }
        run.Enter(RunStage.Step);
        DropGradients();
        run.HoldsGradients = false;
    }

    /// <summary>Says what the time goes to from now on, for those who measure it. The loop itself says when it reads a batch,
    /// calls callbacks, computes gradients and steps; the rest is for the regime to say.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="stage">What begins now, and ends where the next stage begins.</param>
    protected static void Enter(Run run, RunStage stage)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Enter(stage);
    }

    /// <summary>Calls a moment of all callbacks.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="moment">A static lambda, so that nothing is allocated.</param>
    protected void Tell(Run run, Action<Callback, Run> moment)
    {
        foreach (var callback in _turn)
        {
            run.Enter(RunStage.Callbacks, callback);
            moment(callback, run);
        }
    }

    private void DropGradients()
    {
        Optimizer.zero_grad();
        // TorchSharp's optimizers write zeros: decay and momentum would go on moving what a batch left out.
        Groups.DropGradients();
    }

    private void RunEpoch(Run run, int firstBatch, CancellationToken cancellation)
    {
        Tell(run, static (callback, run) => callback.BeforeEpoch(run));
        if (run.Leaving < RunScope.Epoch) RunPhase(run, Phase.Train, firstBatch, cancellation);
        if (run.Leaving < RunScope.Epoch) RunPhase(run, Phase.Validate, 0, cancellation);
        Tell(run, static (callback, run) => callback.AfterEpoch(run));
        Parallel?.Settle(run);
        if (run.Leaving == RunScope.Epoch) run.Leaving = RunScope.None;
    }

    private void RunPhase(Run run, Phase phase, int firstBatch, CancellationToken cancellation)
    {
        var count = CountBatches(phase, run.LoaderEpoch);
        if (phase == Phase.Train) run.TrainBatchCount = count;
        // A process that has nothing to validate still takes part in what all do at the end of a phase.
        if ((Parallel is null ? count : Parallel.Processes.Largest(count)) == 0) return;
        (run.Phase, run.BatchIndex, run.BatchCount) = (phase, firstBatch, count);
        Model.train(phase == Phase.Train);
        Tell(run, static (callback, run) => callback.BeforePhase(run));
        if (cancellation.IsCancellationRequested) run.EndFit(Run.Cancelled);
        if (run.Leaving < RunScope.Phase) RunBatches(run, cancellation);
        Tell(run, static (callback, run) => callback.AfterPhase(run));
        Parallel?.Settle(run);
        if (run.Leaving == RunScope.Phase) run.Leaving = RunScope.None;
    }

    private void RunBatches(Run run, CancellationToken cancellation)
    {
        using var frozen = run.Phase == Phase.Validate ? no_grad() : null;
        run.Enter(RunStage.Data);
        OpenBatches(run, run.BatchIndex);
        try
        {
            // Everything that is born in a batch dies at its end, the batch itself included. One scope serves them all.
            using var scope = NewDisposeScope();
            while (run.Leaving < RunScope.Phase && TakeBatch(run, cancellation))
            {
                run.Enter(RunStage.Release);
                scope.DisposeEverything();
                run.BatchIndex++;
            }
        }
        finally
        {
            run.Enter(RunStage.Data);
            CloseBatches();
        }
    }

    private bool TakeBatch(Run run, CancellationToken cancellation)
    {
        run.Enter(RunStage.Data);
        if (!ReadBatch(run, out var size)) return false;
        (run.BatchSize, run.BatchIsDone) = (size, false);
        Tell(run, static (callback, run) => callback.BeforeBatch(run));
        if (run.Leaving < RunScope.Batch)
        {
            RunBatch(run);
            run.BatchIsDone = true;
        }
        if (cancellation.IsCancellationRequested) run.EndFit(Run.Cancelled);
        Parallel?.EndBatch(run);
        Tell(run, static (callback, run) => callback.AfterBatch(run));
        run.GraphLoss = null;
        if (run.Leaving == RunScope.Batch) run.Leaving = RunScope.None;
        return true;
    }

    // A callback that fails to clean up must not keep the others from it.
    private void Cleanup(Run run, int index)
    {
        if (index == _turn.Length) return;
        try
        {
            _turn[index].CleanupFit(run);
        }
        finally
        {
            Cleanup(run, index + 1);
        }
    }
}
