using DeepCourse.Tensors;

namespace DeepCourse.Vision.Interpretation;

/// <summary>The items a model is most wrong about: the best place to look for faults, in the model and in the
/// data.</summary>
public static class TopLosses
{
    /// <summary>The items with the largest losses.</summary>
    /// <param name="losses">One loss an item, [items], on any device.</param>
    /// <param name="most">How many to list at most.</param>
    /// <returns>Items and their losses, the largest first.</returns>
    /// <exception cref="ShapeException">Not one number an item.</exception>
    public static IReadOnlyList<(int Item, double Loss)> Of(Tensor losses, int most = 12)
    {
        ArgumentNullException.ThrowIfNull(losses);
        Guard.Rank(losses, 1);
        using var scope = torch.NewDisposeScope();
        var (values, items) = losses.detach().to(ScalarType.Float64).topk((int)Math.Min(most, losses.shape[0]));
        return [
            .. items.cpu().data<long>().ToArray().Select(item => (int)item).Zip(values.cpu().data<double>().ToArray())];
    }
}
