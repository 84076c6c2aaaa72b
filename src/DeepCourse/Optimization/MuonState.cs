namespace DeepCourse.Optimization;

/// <summary>What <see cref="Muon"/> remembers of a parameter: the decaying sum of its gradients.</summary>
internal sealed class MuonState : OptimizerState, IDisposable
{
    private Tensor _momentum;

    public MuonState(Parameter parameter) : base(parameter) => _momentum = Zeros(parameter);

    public Tensor Momentum => _momentum;

    public override void Initialize(OptimizerOptions options) => _momentum.zero_();

    public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, _momentum);

    public override void LoadStateDict(BinaryReader reader)
    {
        Tensor? read = null;
        LoadConditionalStateTensor(reader, ref read!, _parameter.device);
        using var loaded = read;
        _momentum.copy_(loaded);
    }

    public override void LoadStateDict(OptimizerState source)
    {
        if (source is MuonState other) _momentum.copy_(other._momentum);
    }

    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is MuonState state && state._momentum.allclose(_momentum);

    public override void to(torch.Device device)
    {
        using var old = _momentum;
        _momentum = old.to(device, copy: true).DetachFromDisposeScope();
    }

    public void Dispose() => _momentum.Dispose();

    private static Tensor Zeros(Parameter parameter)
    {
        using var frozen = no_grad();
        return zeros_like(parameter).DetachFromDisposeScope();
    }
}
