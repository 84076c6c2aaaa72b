namespace DeepCourse.Training;

/// <summary>Moments, step counts and options of an optimizer in a stream.</summary>
internal static class OptimizerState
{
    public static void Save(torch.optim.Optimizer optimizer, BinaryWriter writer) =>
        Stateful(optimizer).save_state_dict(writer);

    public static void Load(torch.optim.Optimizer optimizer, BinaryReader reader) =>
        Stateful(optimizer).load_state_dict(reader);

    private static OptimizerHelper Stateful(torch.optim.Optimizer optimizer) => optimizer as OptimizerHelper
        ?? throw new NotSupportedException($"{optimizer.GetType().Name} cannot be written into a checkpoint");
}
