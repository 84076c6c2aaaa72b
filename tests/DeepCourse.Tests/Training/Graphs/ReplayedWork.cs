using System.Runtime.InteropServices;
using DeepCourse.Training.Graphs;

namespace DeepCourse.Tests.Training.Graphs;

/// <summary>Repeats work on the CPU as a graph does it on a GPU: results go to where the recorded ones are.</summary>
/// <param name="parameters">Those whose gradients the work computes.</param>
/// <param name="lastLoss">The loss that was computed last.</param>
internal sealed class ReplayedWork(IEnumerable<Parameter> parameters, Func<Tensor> lastLoss) : IStepGraph
{
    private readonly Parameter[] _parameters = [.. parameters];
    private Action? _work;
    private bool _isDone;
    private Tensor? _loss;
    private Tensor?[] _gradients = [];

    public int WarmUps { get; private set; }

    public int Records { get; private set; }

    public int Replays { get; private set; }

    public bool IsDisposed { get; private set; }

    public ExternalException? Fault { get; init; }

    /// <summary>Whether the fault comes when the work is done, not before.</summary>
    public bool FailsLate { get; init; }

    public void WarmUp(Action work)
    {
        WarmUps++;
        work();
    }

    public void Record(Action work)
    {
        Records++;
        if (Fault is not null && !FailsLate) throw Fault;
        // A GPU only takes this down; its first repetition is what is done here.
        work();
        if (Fault is not null) throw Fault;
        _isDone = true;
        (_work, _loss) = (work, lastLoss().detach().DetachFromDisposeScope());
        _gradients = [.. _parameters.Select(parameter => parameter.grad?.alias().DetachFromDisposeScope())];
    }

    public void Replay()
    {
        Replays++;
        var isDone = _isDone;
        _isDone = false;
        if (isDone) return;
        _work!();
        using var frozen = no_grad();
        _loss!.copy_(lastLoss());
        foreach (var (parameter, place) in _parameters.Zip(_gradients)) place?.copy_(parameter.grad!);
    }

    public void Dispose()
    {
        _loss?.Dispose();
        foreach (var gradient in _gradients) gradient?.Dispose();
        _gradients = [];
        IsDisposed = true;
    }
}
