using DeepCourse.Data;

namespace DeepCourse.Training.Callbacks;

/// <summary>What MixUp and CutMix have in common: partners within the batch, and targets in shares.</summary>
internal static class MixedTargets
{
    /// <summary>A partner for each item, as a permutation [batch] on the device.</summary>
    public static Tensor Partners(Random random, long count, torch.Device device)
    {
        var order = new long[count];
        for (var i = 0; i < count; i++) order[i] = i;
        random.Shuffle(order);
        return torch.tensor(order).Place(device);
    }

    /// <summary>Targets as probabilities: [batch, classes].</summary>
    public static Tensor Soft(Tensor targets, int classes) => targets.dim() == 1
        ? functional.one_hot(targets, classes).to_type(ScalarType.Float32)
        : targets;

    /// <summary>Each target times its share plus its partner's times the rest.</summary>
    /// <param name="targets">[batch, classes].</param>
    /// <param name="partners">[batch].</param>
    /// <param name="share">[batch, 1], or a single number.</param>
    public static Tensor Mix(Tensor targets, Tensor partners, Tensor share) =>
        targets * share + targets.index_select(0, partners) * (1 - share);
}
