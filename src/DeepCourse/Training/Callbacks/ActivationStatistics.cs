using DeepCourse.Tensors;

namespace DeepCourse.Training.Callbacks;

/// <summary>Watches what layers give in training: mean, spread, and how the values are distributed.</summary>
/// <remarks>A healthy layer keeps a steady spread and few values near 0; what collapses and recovers in waves is the
/// sign of too high a rate at the start. The numbers stay on the device until the phase ends.</remarks>
public sealed class ActivationStatistics : Callback
{
    /// <summary>The number of cells of a histogram.</summary>
    public const int Bins = 40;

    /// <summary>Absolute values from 0 up to this one are counted.</summary>
    public const int Largest = 10;

    private readonly Func<Module, bool> _which;
    private readonly int _every;
    private readonly Dictionary<string, LayerActivations> _layers = [];
    private readonly List<(string Layer, Tensor Numbers)> _waiting = [];
    private ForwardHooks? _hooks;
    private bool _looking;

    /// <summary>Says what to watch.</summary>
    /// <param name="which">Chooses layers; by default convolutions and linear layers.</param>
    /// <param name="every">Every how many training batches to look.</param>
    public ActivationStatistics(Func<Module, bool>? which = null, int every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        (_which, _every) = (which ?? (module => module is Convolution or TorchSharp.Modules.Linear), every);
    }

    /// <summary>What was seen, layer by layer in the order of their first call.</summary>
    public IReadOnlyCollection<LayerActivations> Layers => _layers.Values;

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Recording;

    /// <inheritdoc/>
    protected internal override bool CanBeRecorded => false;

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) =>
        _hooks = new ForwardHooks(run.Model, _which, (name, _, output) => See(name, output));

    /// <inheritdoc/>
    protected internal override void BeforeBatch(Run run) =>
        _looking = run.Phase == Phase.Train && run.BatchIndex % _every == 0;

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run) => _looking = false;

    /// <inheritdoc/>
    protected internal override void AfterPhase(Run run)
    {
        foreach (var (name, tensor) in _waiting)
        {
            if (!_layers.TryGetValue(name, out var layer)) _layers.Add(name, layer = new LayerActivations(name));
            layer.Add(tensor.ReadNumbers());
            tensor.Dispose();
        }
        _waiting.Clear();
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        _hooks?.Dispose();
        _hooks = null;
        foreach (var (_, tensor) in _waiting) tensor.Dispose();
        _waiting.Clear();
    }

    private void See(string name, Tensor output)
    {
        if (!_looking) return;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var values = output.detach().to_type(ScalarType.Float32);
        var counts = values.abs().clamp(max: Largest).histc(Bins, 0, Largest);
        var numbers = cat(new[] { values.mean().reshape(1), values.std().reshape(1), counts }, 0);
        _waiting.Add((name, numbers.DetachFromDisposeScope()));
    }
}
