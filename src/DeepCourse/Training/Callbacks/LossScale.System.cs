using DeepCourse.Native;

namespace DeepCourse.Training.Callbacks;

/// <summary>Keeps float16 gradients from vanishing.</summary>
internal sealed class LossScale
{
    private readonly GradScaler _scaler = new();

    public Tensor Apply(Tensor loss) => _scaler.Scale(loss);

    /// <summary>Takes the scale out of the gradients.</summary>
    /// <returns>False where a gradient overflowed: this step must be left out.</returns>
    public bool Remove(torch.optim.Optimizer optimizer)
    {
        var before = _scaler.Factor;
        _scaler.Unscale(optimizer);
        _scaler.Update();
        return _scaler.Factor >= before;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_scaler.State.Scale);
        writer.Write(_scaler.State.GoodSteps);
    }

    public void Load(BinaryReader reader) =>
        _scaler.State = new GradScalerState(reader.ReadDouble(), reader.ReadInt32());
}
