using DeepCourse.Training;

namespace DeepCourse.Vision.Classification;

/// <summary>Keeps the outputs of a validation, for confusion matrices and the worst mistakes.</summary>
/// <remarks>They stay on the device until they are asked for. Put it after callbacks that change outputs.</remarks>
public sealed class OutputCollector : Callback<Tensor, Tensor, Tensor>, IDisposable
{
    private readonly List<Tensor> _outputs = [];

    /// <summary>All outputs of the last validation, float32 [items, classes] on the CPU, in the caller's dispose scope.</summary>
    /// <exception cref="InvalidOperationException">Nothing was validated.</exception>
    public Tensor Outputs()
    {
        if (_outputs.Count == 0) throw new InvalidOperationException("no validation has passed yet");
        using var scope = NewDisposeScope();
        return cat(_outputs, 0).to(ScalarType.Float32).cpu().MoveToOuterDisposeScope();
    }

    /// <summary>Frees the outputs.</summary>
    public void Dispose() => Forget();

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        if (run.Phase == Phase.Validate) Forget();
    }

    /// <inheritdoc/>
    protected internal override void TransformOutput(Run run, ref Tensor output)
    {
        if (run.Phase == Phase.Validate) _outputs.Add(output.detach().clone().DetachFromDisposeScope());
    }

    private void Forget()
    {
        foreach (var output in _outputs) output.Dispose();
        _outputs.Clear();
    }
}
