namespace DeepCourse.Training.Callbacks;

/// <summary>Keeps float16 gradients from vanishing; without mixed precision there are none.</summary>
internal sealed class LossScale
{
    public Tensor Apply(Tensor loss) => loss;

    public bool Remove(torch.optim.Optimizer optimizer) => true;

    public void Save(BinaryWriter writer)
    {
    }

    public void Load(BinaryReader reader)
    {
    }
}
