using DeepCourse.Tensors;

namespace DeepCourse.Training.Graphs;

/// <summary>Lets a learner on a GPU send forward pass, loss and backward pass of a batch as one launch: a CUDA graph,
/// recorded after a few batches and repeated from then on, one for each shape of batches.</summary>
/// <remarks>
/// <para>For small networks, whose kernels take less time than the host needs to send them one by one. What callbacks do
/// before the forward pass and after the backward pass stays as it is, and so does the optimizer's step.</para>
/// <para>Inputs and targets must be single tensors, and what the model and the loss do may depend on nothing but them,
/// parameters, buffers and the GPU's random numbers. Where it is known not to be so, the learner works as without this
/// callback, and <see cref="Reason"/> tells what is in the way: a callback that takes part in what would be recorded
/// (<see cref="Callback.CanBeRecorded"/>), a module with memory (<see cref="IStatefulModule"/>), several processes,
/// gradients that are kept for the next batch, a device without graphs.</para>
/// <para>Recordings end with the fit, and when parameters are frozen or unfrozen or a module changes its mode between two
/// epochs.</para>
/// </remarks>
public sealed class GraphedSteps : Callback
{
    private readonly int _warmUp;
    private readonly int _shapes;
    private readonly CudaGraphStep.GraphMaker _make;
    private readonly List<Recording> _recordings = [];
    private List<bool> _modes = [];
    private Run? _fit;
    private string? _obstacle;
    private bool _looksForChanges;

    /// <summary>Says how much to record.</summary>
    /// <param name="warmUp">Batches of a shape that are computed as written before one is recorded: libraries choose their
    /// algorithms in them.</param>
    /// <param name="shapes">How many shapes of batches are recorded at most; each recording holds the memory of a step. The
    /// last batch of an epoch has its own, and so have pictures of each size.</param>
    public GraphedSteps(int warmUp = 3, int shapes = 4) : this(warmUp, shapes, StepGraph.For)
    {
    }

    internal GraphedSteps(int warmUp, int shapes, CudaGraphStep.GraphMaker make)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shapes);
        (_warmUp, _shapes, _make) = (warmUp, shapes, make);
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

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run)
    {
        Forget();
        _fit = run;
    }

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        if (run.Phase != Phase.Train) return;
        _obstacle = ObstacleOf(run);
        _looksForChanges = true;
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        // A validation in the middle of a fit ends too, and leaves the fit its recordings.
        if (!ReferenceEquals(run, _fit)) return;
        _fit = null;
        Forget();
    }

    /// <summary>Computes loss and gradients of a training batch.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="batch">Inputs and targets; null where they are no tensors.</param>
    /// <param name="loss">What is recorded: inputs and targets to what gradients are taken of.</param>
    /// <returns>The loss without its graph; null where the learner has to do it.</returns>
    internal Tensor? Compute(Run run, IReadOnlyList<Tensor>? batch, Func<IReadOnlyList<Tensor>, Tensor> loss)
    {
        Steps++;
        if (Find(run, batch, loss) is not { } step) return null;
        var result = step.Run(batch!);
        Reason = step.Reason;
        if (Reason is null) Replays++;
        return result;
    }

    private CudaGraphStep? Find(Run run, IReadOnlyList<Tensor>? batch, Func<IReadOnlyList<Tensor>, Tensor> loss)
    {
        if (_looksForChanges) Renew(run);
        Reason = batch is null ? "inputs and targets must be single tensors"
            : _obstacle ?? (run.HoldsGradients ? "the gradients of batches before are kept" : null);
        if (Reason is not null) return null;
        var recording = _recordings.Find(recording => recording.Fits(batch!));
        if (recording is null)
        {
            if (_recordings.Count == _shapes)
            {
                Reason = $"batches have more than {_shapes} shapes";
                return null;
            }
            var learned = run.Learner.Groups.All.Where(parameter => parameter.requires_grad);
            recording = new([.. batch!.Select(tensor => (tensor.dtype, tensor.shape))], new CudaGraphStep(loss, learned, _warmUp, _make));
            _recordings.Add(recording);
        }
        if (recording.Step.HasGivenUp) Reason = recording.Step.Reason;
        return recording.Step.HasGivenUp ? null : recording.Step;
    }

    private void Renew(Run run)
    {
        _looksForChanges = false;
        List<bool> modes =
        [
            .. run.Learner.Groups.All.Select(parameter => parameter.requires_grad),
            .. ModulesOf(run).Select(module => module.training),
        ];
        if (!modes.SequenceEqual(_modes)) Forget();
        _modes = modes;
    }

    private void Forget()
    {
        foreach (var recording in _recordings) recording.Step.Dispose();
        _recordings.Clear();
    }

    private static string? ObstacleOf(Run run)
    {
        foreach (var callback in run.Learner.Turn)
        {
            if (!callback.CanBeRecorded) return $"{Learner.NameOf(callback)} takes part in what would be recorded";
        }
        foreach (var module in ModulesOf(run))
        {
            if (module is IStatefulModule) return $"{module.GetName()} remembers the batches before";
        }
        return null;
    }

    private static IEnumerable<Module> ModulesOf(Run run) => run.Model.modules().Prepend(run.Model);

    /// <summary>A step for batches of one shape.</summary>
    private sealed record Recording((ScalarType Type, long[] Shape)[] Tensors, CudaGraphStep Step)
    {
        public bool Fits(IReadOnlyList<Tensor> batch)
        {
            for (var i = 0; i < Tensors.Length; i++)
            {
                if (batch[i].dtype != Tensors[i].Type || !batch[i].shape.AsSpan().SequenceEqual(Tensors[i].Shape)) return false;
            }
            return true;
        }
    }
}
