namespace DeepCourse.Training.Callbacks;

/// <summary>Keeps an average of the weights over the steps, and judges and keeps the model with it.</summary>
/// <remarks>
/// Validation, and what happens after an epoch (saving the best), sees the averaged weights; training goes on with its
/// own. When the fit ends, the model has the averages. Polyak and Juditsky 1992; the decay grows with the steps at
/// first, so that the beginning is forgotten.
/// </remarks>
public sealed class ExponentialMovingAverage : Callback, ICheckpointed
{
    private readonly double _decay;
    private readonly List<(Tensor Live, Tensor Other)> _pairs = [];
    private long _steps;
    private bool _swapped;

    /// <summary>Says how long the average remembers.</summary>
    /// <param name="decay">The share that stays at every step: 0.999 remembers about a thousand steps.</param>
    public ExponentialMovingAverage(double decay = 0.999)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(decay, 1);
        _decay = decay;
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Regularisation;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(_steps);
        writer.Write(_swapped);
        writer.Write(_pairs.Count);
        foreach (var (_, other) in _pairs) TensorArchive.Write(writer, other);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        (_steps, _swapped) = (reader.ReadInt64(), reader.ReadBoolean());
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var saved = TensorArchive.Read(reader);
            if (i < _pairs.Count) _pairs[i].Other.copy_(saved);
        }
    }

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run)
    {
        Release();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (_, tensor) in run.Model.state_dict())
        {
            if (tensor.is_floating_point()) _pairs.Add((tensor, tensor.detach().clone().DetachFromDisposeScope()));
        }
        (_steps, _swapped) = (0, false);
    }

    /// <inheritdoc/>
    protected internal override void AfterStep(Run run)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _steps++;
        var decay = Math.Min(_decay, (1.0 + _steps) / (10 + _steps));
        foreach (var (live, average) in _pairs) average.mul_(decay).add_(live, 1 - decay);
    }

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        if (run.Phase == Phase.Validate != _swapped) Swap();
    }

    /// <inheritdoc/>
    protected internal override void AfterFit(Run run)
    {
        if (!_swapped) Swap();
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run) => Release();

    private void Swap()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (live, other) in _pairs)
        {
            var kept = live.clone();
            live.copy_(other);
            other.copy_(kept);
        }
        _swapped = !_swapped;
    }

    private void Release()
    {
        foreach (var (_, other) in _pairs) other.Dispose();
        _pairs.Clear();
    }
}
