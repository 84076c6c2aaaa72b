using DeepCourse.Tensors;

namespace DeepCourse.Training.Graphs;

/// <summary>Lets a learner on a GPU send forward pass, loss and backward pass of a batch as one launch: a CUDA graph,
/// recorded after a few batches and repeated from then on, one for each shape of batches.</summary>
/// <remarks>
/// <para>For small networks, whose kernels take less time than the host needs to send them one by one. What callbacks do
/// before the forward pass and after the backward pass stays as it is, and so does the optimizer's step.</para>
/// <para>Inputs and targets must be single tensors, and what the model and the loss do may depend on nothing but them,
/// parameters, buffers and the GPU's random numbers, not on numbers that change in C#. Where it is known not to
/// be so the learner works as without this callback, and <see cref="Reason"/> tells what is in the way: a callback that
/// transforms outputs or losses or says that it must see each batch (<see cref="Callback.CanBeRecorded"/>), a module with
/// memory (<see cref="IStatefulModule"/>) or with hooks, several processes, gradients that are kept for the next batch, a device without
/// graphs, a step that waits for the GPU.</para>
/// <para>Recordings end with the fit, when parameters are frozen or unfrozen or a module changes its mode, and when an epoch
/// had no batch of their shape.</para>
/// </remarks>
public sealed class GraphedSteps : Callback
{
    private readonly int _warmUp;
    private readonly int _shapes;
    private readonly CudaGraphStep.GraphMaker _make;
    private readonly Func<torch.Device, string?> _deviceObstacle;
    private readonly List<Recording> _recordings = [];
    private readonly Stack<Run> _fits = new();
    private readonly Dictionary<string, long> _reasons = [];
    private Run? _looked;
    private string? _obstacle;
    private string? _failure;
    private Parameter[] _parameters = [];
    private Module[] _modules = [];
    private bool[] _modes = [];

    /// <summary>Says how much to record.</summary>
    /// <param name="warmUp">Batches of a shape that are computed as written before one is recorded, at least one: libraries
    /// choose their algorithms in them.</param>
    /// <param name="shapes">How many shapes of batches are recorded at most; each recording holds the memory of a step. The
    /// last batch of an epoch has its own, and so have pictures of each size.</param>
    public GraphedSteps(int warmUp = 3, int shapes = 4) : this(warmUp, shapes, StepGraph.For, StepGraph.ObstacleOn) =>
        ArgumentOutOfRangeException.ThrowIfZero(warmUp);

    internal GraphedSteps(int warmUp, int shapes, CudaGraphStep.GraphMaker make, Func<torch.Device, string?> deviceObstacle)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shapes);
        (_warmUp, _shapes, _make, _deviceObstacle) = (warmUp, shapes, make, deviceObstacle);
    }

    /// <summary>Why steps can't be recorded on a device; null where they can.</summary>
    /// <param name="device">Where batches and model are.</param>
    public static string? ObstacleOn(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return StepGraph.ObstacleOn(device);
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Placement;

    /// <summary>Why the last training batch was not a repetition; null where it was.</summary>
    public string? Reason { get; private set; } = "no batch has been learned from";

    /// <summary>The training batches so far.</summary>
    public long Steps { get; private set; }

    /// <summary>How many of them were repetitions of recorded ones.</summary>
    public long Replays { get; private set; }

    /// <summary>How many batches were computed as written, by reason.</summary>
    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    /// <summary>Forgets what was recorded: for code that changes what a step computes, such as the strength of a dropout, or
    /// gives a module other parameters.</summary>
    public void Forget()
    {
        foreach (var recording in _recordings) recording.Step.Dispose();
        _recordings.Clear();
    }

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run)
    {
        // A search for a rate may happen within a fit, with the same model: what is recorded serves it too.
        if (_fits.Count == 0) (_failure, _looked) = (null, null);
        _fits.Push(run);
    }

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        if (run.Phase != Phase.Train) return;
        _looked = null;
        if (_fits.Count > 1) return;
        foreach (var recording in _recordings.Where(recording => !recording.IsUsed).ToList())
        {
            recording.Step.Dispose();
            _recordings.Remove(recording);
        }
        foreach (var recording in _recordings) recording.IsUsed = false;
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        // A validation in the middle of a fit ends too, and leaves the fit its recordings.
        if (!_fits.TryPeek(out var fit) || !ReferenceEquals(run, fit)) return;
        _fits.Pop();
        _looked = null;
        if (_fits.Count == 0) Forget();
    }

    /// <summary>Computes loss and gradients of a training batch.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="batch">Inputs and targets; null where they are no tensors.</param>
    /// <param name="loss">What is recorded: inputs and targets to the loss.</param>
    /// <returns>The loss without its graph; null where the learner has to do it.</returns>
    internal Tensor? Compute(Run run, IReadOnlyList<Tensor>? batch, Func<IReadOnlyList<Tensor>, Tensor> loss)
    {
        Steps++;
        var step = Find(run, batch, loss);
        var result = step?.Run(batch!);
        if (step is not null) Reason = step.Reason;
        if (step is { HasGivenUp: true }) _failure = step.Reason;
        if (Reason is null) Replays++;
        else _reasons[Reason] = _reasons.GetValueOrDefault(Reason) + 1;
        return result;
    }

    private CudaGraphStep? Find(Run run, IReadOnlyList<Tensor>? batch, Func<IReadOnlyList<Tensor>, Tensor> loss)
    {
        if (!ReferenceEquals(run, _looked)) Look(run);
        Reason = batch is null ? "inputs and targets must be single tensors"
            : _failure ?? _obstacle ?? (run.HoldsGradients ? "the gradients of batches before are kept" : null) ?? _deviceObstacle(batch[0].device);
        if (Reason is not null) return null;
        if (ModesHaveChanged()) Forget();
        if (_recordings.Find(recording => recording.Fits(batch!)) is not { } known)
        {
            if (_recordings.Count == _shapes)
            {
                Reason = $"batches have more than {_shapes} shapes";
                return null;
            }
            known = new([.. batch!.Select(tensor => (tensor.dtype, tensor.shape))], new CudaGraphStep(loss, _parameters, _warmUp, _make));
            _recordings.Add(known);
        }
        known.IsUsed = true;
        return known.Step;
    }

    private void Look(Run run)
    {
        _looked = run;
        Parameter[] parameters = [.. run.Learner.Groups.All];
        Module[] modules = [run.Model, .. run.Model.modules()];
        if (!parameters.SequenceEqual<object>(_parameters, ReferenceEqualityComparer.Instance) || !modules.SequenceEqual<object>(_modules, ReferenceEqualityComparer.Instance)) Forget();
        (_parameters, _modules) = (parameters, modules);
        if (_modes.Length != _parameters.Length + _modules.Length) _modes = new bool[_parameters.Length + _modules.Length];
        _obstacle = ObstacleOf(run);
    }

    // In every batch: a parameter that was frozen after it was recorded would go on learning.
    private bool ModesHaveChanged()
    {
        var changed = false;
        for (var i = 0; i < _modes.Length; i++)
        {
            var mode = i < _parameters.Length ? _parameters[i].requires_grad : _modules[i - _parameters.Length].training;
            changed |= mode != _modes[i];
            _modes[i] = mode;
        }
        return changed;
    }

    private string? ObstacleOf(Run run)
    {
        foreach (var callback in run.Learner.Turn)
        {
            if (!callback.CanBeRecorded || (Learner.Transforms(callback) && !callback.TransformsAlike))
                return $"{Learner.NameOf(callback)} takes part in what would be recorded";
        }
        if (_modules.FirstOrDefault(module => module is IStatefulModule) is { } stateful) return $"{stateful.GetName()} remembers the batches before";
        return _modules.FirstOrDefault(StepGraph.HasHooks) is { } hooked ? $"{hooked.GetName()} has a hook" : null;
    }

    /// <summary>A step for batches of one shape.</summary>
    private sealed class Recording((ScalarType Type, long[] Shape)[] tensors, CudaGraphStep step)
    {
        public CudaGraphStep Step => step;

        /// <summary>Whether this epoch had batches of the shape.</summary>
        public bool IsUsed { get; set; }

        public bool Fits(IReadOnlyList<Tensor> batch)
        {
            for (var i = 0; i < tensors.Length; i++)
            {
                if (batch[i].dtype != tensors[i].Type || !batch[i].shape.AsSpan().SequenceEqual(tensors[i].Shape)) return false;
            }
            return true;
        }
    }
}
