using System.Runtime.InteropServices;
using DeepCourse.Tensors;

namespace DeepCourse.Training.Graphs;

/// <summary>Forward pass, loss and backward pass as one launch: recorded as a CUDA graph after a few steps, repeated from then
/// on. For small networks, whose kernels take less time than the host needs to send them one by one.</summary>
/// <remarks>
/// What the step computes must not depend on anything but its inputs and the parameters, may not read values back, and must
/// have the same shapes each time. Where that isn't so, or there is no GPU, the step is computed as it is written, and
/// <see cref="Reason"/> says why. The optimizer's step stays outside: its rates change from step to step, and a recording
/// would keep those it saw. After each step the parameters have their gradients; the caller steps, and may clip or scale them
/// before. Gradients do not add up over steps.
/// </remarks>
public sealed class CudaGraphStep : IDisposable
{
    private readonly Func<IReadOnlyList<Tensor>, Tensor> _loss;
    private readonly Parameter[] _parameters;
    private readonly int _warmUp;
    private readonly GraphMaker _make;
    private IStepGraph? _graph;
    private Tensor[] _inputs = [];
    private Tensor?[] _gradients = [];
    private Tensor? _result;
    private int _steps;
    private bool _gaveUp;

    /// <summary>Says what a step computes.</summary>
    /// <param name="loss">Takes the inputs of a batch, targets among them, and gives a loss of one element.</param>
    /// <param name="parameters">Whose gradients are wanted, of those that require one now; they belong to the caller.</param>
    /// <param name="warmUp">Steps computed as written before one is recorded, at least one: libraries choose their
    /// algorithms in them.</param>
    public CudaGraphStep(Func<IReadOnlyList<Tensor>, Tensor> loss, IEnumerable<Parameter> parameters, int warmUp = 3)
        : this(loss, parameters, warmUp, StepGraph.For) => ArgumentOutOfRangeException.ThrowIfZero(warmUp);

    internal CudaGraphStep(
        Func<IReadOnlyList<Tensor>, Tensor> loss, IEnumerable<Parameter> parameters, int warmUp, GraphMaker make)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        (_loss, _parameters, _warmUp, _make) = (loss, [.. parameters.Where(parameter => parameter.requires_grad)], warmUp, make);
    }

    internal delegate IStepGraph? GraphMaker(torch.Device device, out string reason);

    /// <summary>Why the last step was not a repetition; null where it was.</summary>
    public string? Reason { get; private set; } = "no step has been made";

    /// <summary>Whether there will never be a recording: each step is computed as it is written, and the reason stays.</summary>
    internal bool HasGivenUp => _gaveUp;

    /// <summary>How many steps were repetitions of the recorded one.</summary>
    public long Replays { get; private set; }

    /// <summary>Computes the loss and all gradients.</summary>
    /// <param name="inputs">The same number of tensors each time, on one device.</param>
    /// <returns>The loss, without its graph. That of a repeated step is overwritten by the next.</returns>
    public Tensor Run(params IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (_gaveUp) return Compute(inputs);
        if (_graph is null && !TryBegin(inputs)) return Compute(inputs);
        if (_result is null && _steps++ < _warmUp) return WarmUp(inputs);
        if (_result is null && !TryRecord(inputs)) return Compute(inputs);
        if (Difference(inputs) is { } difference)
        {
            // The last batch of an epoch is often smaller: the recording stays for those that fit.
            Reason = difference;
            return Compute(inputs);
        }
        return Replay(inputs);
    }

    /// <summary>Frees the recording; the parameters are the caller's.</summary>
    public void Dispose()
    {
        foreach (var input in _inputs) input.Dispose();
        foreach (var gradient in _gradients) gradient?.Dispose();
        _result?.Dispose();
        _graph?.Dispose();
        (_inputs, _gradients, _result, _graph) = ([], [], null, null);
        _gaveUp = true;
        Reason = "the step has been disposed";
    }

    private bool TryBegin(IReadOnlyList<Tensor> inputs)
    {
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Count, nameof(inputs));
        _graph = _make(inputs[0].device, out var reason);
        if (_graph is null) GiveUp(reason);
        return _graph is not null;
    }

    private Tensor WarmUp(IReadOnlyList<Tensor> inputs)
    {
        Reason = "warming up";
        Tensor? loss = null;
        _graph!.WarmUp(() => loss = Compute(inputs));
        return loss!;
    }

    private bool TryRecord(IReadOnlyList<Tensor> inputs)
    {
        _inputs = [.. inputs.Select(input => input.detach().clone().DetachFromDisposeScope())];
        try
        {
            Tensor? loss = null;
            _graph!.Record(() => loss = Compute(_inputs));
            _result = loss!.DetachFromDisposeScope();
        }
        catch (ExternalException fault)
        {
            GiveUp($"the step can't be recorded: {fault.Message}");
            return false;
        }
        catch
        {
            Dispose();
            throw;
        }
        // The recording writes into these at each repetition, so they must stay, and be found at the parameters.
        _gradients = [.. _parameters.Select(parameter => parameter.grad?.DetachFromDisposeScope())];
        return true;
    }

    private Tensor Replay(IReadOnlyList<Tensor> inputs)
    {
        using (var frozen = no_grad())
        {
            for (var i = 0; i < _inputs.Length; i++) _inputs[i].copy_(inputs[i], nonBlocking: true);
        }
        _graph!.Replay();
        for (var i = 0; i < _parameters.Length; i++) _parameters[i].grad = _gradients[i];
        Replays++;
        Reason = null;
        return _result!.alias();
    }

    private Tensor Compute(IReadOnlyList<Tensor> inputs)
    {
        var loss = _loss(inputs);
        // Not autograd.grad: backward gives every parameter a gradient of its own, in the order of its memory.
        foreach (var parameter in _parameters) parameter.grad = null;
        autograd.backward([loss], inputs: _parameters);
        return loss.detach();
    }

    private string? Difference(IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != _inputs.Length) return $"{inputs.Count} inputs, {_inputs.Length} were recorded";
        for (var i = 0; i < _inputs.Length; i++)
        {
            var (given, known) = (inputs[i], _inputs[i]);
            if (given.dtype != known.dtype) return $"input {i} is {given.dtype}, {known.dtype} was recorded";
            if (!given.shape.AsSpan().SequenceEqual(known.shape))
                return $"input {i} has the shape {given.ShapeText()}, {known.ShapeText()} was recorded";
        }
        return null;
    }

    private void GiveUp(string reason)
    {
        Dispose();
        Reason = reason;
    }
}
