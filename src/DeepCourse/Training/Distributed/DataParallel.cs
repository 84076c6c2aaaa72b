using System.Text.Json;
using DeepCourse.Distributed;
using DeepCourse.Tensors;

namespace DeepCourse.Training.Distributed;

/// <summary>Lets several processes train one model: each computes the gradients of its part of a batch, and all step by
/// their mean, as one process would with the whole batch.</summary>
/// <remarks>
/// <para>Gradients are gathered in buckets, and a bucket is added up over the processes while backward computes the next
/// one (Li et al. 2020, arXiv 2006.15704, section 3.2). All begin with the first process's weights; losses and metrics are
/// those of the whole data where each process reads its part (<see cref="Data.LoaderOptions.Shard"/>); the running
/// statistics of normalisation are averaged before each validation, while the statistics of a batch are those of its part.
/// Whoever asks to end a phase, an epoch or the fit ends it for all, at the same batch.</para>
/// <para>Every process builds the same learner with one of these among its callbacks. Other callbacks must do the same
/// things in all processes; what they read from the <see cref="Run"/> after a phase is the same in all.</para>
/// </remarks>
public sealed class DataParallel : Callback
{
    private static readonly JsonSerializerOptions Numbers = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    // Looking for wishes makes a GPU's host wait, so there it happens now and then.
    private const int BatchesBetweenLooks = 16;

    private readonly CancellationToken _stop;
    private readonly Action? _stopped;
    private readonly long _bucketBytes;
    private readonly List<Parameter> _learning = [];
    private GradientBuckets? _buckets;
    private Run? _fit;
    private (RunScope Scope, string? Reason) _wish;
    private bool _exchanges;
    private bool _exchanged;
    private bool _somebodyWishes;
    private int _exchangeCount;

    /// <summary>Joins a learner to the other processes.</summary>
    /// <param name="processes">Who trains together; the caller keeps owning it.</param>
    /// <param name="stopped">Called in all processes, at the same batch, when the fit ends by <paramref name="stop"/>.</param>
    /// <param name="bucketMegabytes">The size from which on a bucket of gradients is sent.</param>
    /// <param name="stop">Ends the fit in all processes when it is used in one of them, with the reason
    /// "cancelled".</param>
    public DataParallel(ProcessGroup processes, Action? stopped = null, double bucketMegabytes = 25, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(processes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bucketMegabytes);
        (Processes, _stop, _stopped, _bucketBytes) = (processes, stop, stopped, Math.Max(1, (long)(bucketMegabytes * (1 << 20))));
    }

    /// <summary>Who trains together.</summary>
    public ProcessGroup Processes { get; }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Placement;

    /// <inheritdoc/>
    protected internal override bool CanBeRecorded => false;

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run)
    {
        if (!ReferenceEquals(run.Learner.Parallel, this))
            throw new InvalidOperationException("give DataParallel to the learner, not to a fit: all its fits must be joint");
        _fit = run;
        Processes.RequireSame("the model", Describe(run.Model));
        Spread(run.Model);
        _wish = default;
        _exchanges = _exchanged = _somebodyWishes = false;
    }

    /// <inheritdoc/>
    protected internal override void BeforeEpoch(Run run)
    {
        // Dropout shall leave out other units in each process. The first one draws as it would alone.
        if (!Processes.IsFirst) manual_seed(Seed.Derive((int)(initial_seed() & int.MaxValue), run.LoaderEpoch, Processes.Rank));
    }

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        var shard = run.Learner.ShardOf(run.Phase);
        if (!shard.IsWhole && (shard.WorldSize != Processes.WorldSize || shard.Rank != Processes.Rank))
        {
            throw new InvalidOperationException(
                $"the data is that of process {shard.Rank} of {shard.WorldSize}, but this is process {Processes.Rank} of {Processes.WorldSize}");
        }
        if (run.Phase == Phase.Train && !shard.IsWhole && shard.Remainder == Data.ShardRemainder.Spread)
            throw new InvalidOperationException("processes that learn together need equally many batches: a shard to learn from can't spread its remainder");
        // What is frozen may have changed since the last epoch. Hooks stay in the graph, so they are not made anew in vain.
        if (run.Phase == Phase.Train && _buckets is not null && !Learning(run.Model).SequenceEqual(_learning)) Release();
    }

    /// <inheritdoc/>
    protected internal override void AfterPhase(Run run)
    {
        if (run.Phase == Phase.Train) AverageStatistics(run.Model);
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        // A validation in the middle of a fit ends too, and leaves the fit its buckets.
        if (!ReferenceEquals(run, _fit)) return;
        _fit = null;
        Release();
    }

    /// <summary>Gives all processes the first one's weights.</summary>
    internal void Spread(Module model)
    {
        foreach (var tensor in model.parameters().Concat<Tensor>(model.buffers())) Processes.Broadcast(tensor);
    }

    /// <summary>What the first process found, in all of them.</summary>
    internal LearningRateSearch OfFirst(LearningRateSearch search) =>
        JsonSerializer.Deserialize<LearningRateSearch>(Processes.Broadcast(JsonSerializer.Serialize(search, Numbers)), Numbers)!;

    /// <summary>Notes that this process wants to leave; it will when all have heard of it.</summary>
    internal void Wish(RunScope scope, string? reason)
    {
        if (scope > _wish.Scope) _wish = (scope, reason ?? _wish.Reason);
    }

    /// <summary>Before backward.</summary>
    /// <returns>The loss of which the sum over all processes is that of the whole batch.</returns>
    internal Tensor BeginBackward(Run run, Tensor loss)
    {
        _exchanges = !run.StepIsHeld;
        if (_exchanges)
        {
            _buckets ??= Hook(run.Model);
            _buckets.Begin(_wish.Scope != RunScope.None || _stop.IsCancellationRequested);
        }
        return loss * (1.0 / Processes.WorldSize);
    }

    /// <summary>After backward: from here on the gradients are those of all.</summary>
    internal void FinishBackward(Run run)
    {
        if (!_exchanges) return;
        _buckets!.Finish();
        (_exchanges, _exchanged) = (false, true);
        _exchangeCount++;
        if (Processes.Device.type == DeviceType.CUDA && _exchangeCount % BatchesBetweenLooks != 0) return;
        _somebodyWishes |= _buckets.SomebodyWishes;
    }

    /// <summary>Before the end of a batch is told to anybody.</summary>
    internal void EndBatch(Run run)
    {
        // A validation in the middle of an epoch has batches of its own.
        if (run.Phase == Phase.Train)
        {
            if (!run.IsObserving && !_exchanged && !run.StepIsHeld)
            {
                throw new InvalidOperationException(
                    "a batch was left out before its gradients were exchanged: the other processes would wait for them");
            }
            _exchanged = false;
        }
        if (!_somebodyWishes) return;
        _somebodyWishes = false;
        Settle(run);
    }

    /// <summary>Learns what the others want, and leaves with them what the widest wish leaves.</summary>
    internal void Settle(Run run)
    {
        // Only what all have agreed on leaves a fit, so all return here or none.
        if (run.Leaving == RunScope.Fit) return;
        if (_stop.IsCancellationRequested) Wish(RunScope.Fit, Run.Cancelled);
        var widest = (RunScope)(int)Processes.Largest((double)(int)_wish.Scope);
        if (widest == RunScope.None) return;
        var mine = _wish.Scope == widest ? $"+{_wish.Reason}" : "";
        var reason = Processes.Gather(mine).First(text => text.Length > 0)[1..];
        _wish = default;
        run.Leave(widest, reason.Length > 0 ? reason : null);
        if (reason == Run.Cancelled) _stopped?.Invoke();
    }

    private static string Describe(Module model) =>
        string.Join(", ", model.parameters().Concat<Tensor>(model.buffers())
            .GroupBy(tensor => tensor.dtype)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} tensors of {group.Key} with {group.Sum(tensor => tensor.numel())} elements"));

    private GradientBuckets Hook(Module model)
    {
        _learning.Clear();
        _learning.AddRange(Learning(model));
        return Processes.Hook(_learning, _bucketBytes);
    }

    private static IEnumerable<Parameter> Learning(Module model) => model.parameters().Where(parameter => parameter.requires_grad);

    private void AverageStatistics(Module model)
    {
        using var frozen = no_grad();
        foreach (var buffer in model.buffers())
        {
            if (!buffer.is_floating_point())
            {
                Processes.Broadcast(buffer);
                continue;
            }
            Processes.Sum(buffer);
            buffer.div_(Processes.WorldSize);
        }
    }

    private void Release()
    {
        _buckets?.Dispose();
        _buckets = null;
    }
}
