using DeepCourse.Tensors;

namespace DeepCourse.Layers;

/// <summary>Takes batch normalisation out of a network that only answers from now on: the layer before it does its work,
/// by other weights.</summary>
/// <remarks>In evaluation mode a normalisation multiplies each channel by a number and adds another; a convolution or linear
/// layer in front of it can do that at no cost. Parameters change in place, and layers without a bias get one, so save
/// the weights before. Nothing is assumed about how the model is written: an example shows which layers follow each other,
/// and the answers to it are compared before and after.</remarks>
public static class NormFolding
{
    /// <summary>Folds the normalisations of a model.</summary>
    /// <param name="model">Trained; it is put in evaluation mode, and should not be trained further.</param>
    /// <param name="example">Inputs that the model accepts.</param>
    /// <param name="tolerance">The largest change of the answers, as a share of their largest absolute value.</param>
    /// <returns>How many normalisations were folded. One whose layer's output is used elsewhere too stays as it
    /// was.</returns>
    public static int Apply(Module<Tensor, Tensor> model, Tensor example, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(example);
        return Apply(model, () => [model.call(example)], tolerance);
    }

    /// <summary>Folds the normalisations of a model with inputs or outputs of any type.</summary>
    /// <param name="model">Trained; it is put in evaluation mode, and should not be trained further.</param>
    /// <param name="answer">Calls the model once on the same example each time, and gives the tensors of its answer.</param>
    /// <param name="tolerance">The largest change of the answers, as a share of their largest absolute value.</param>
    /// <returns>How many normalisations were folded.</returns>
    public static int Apply(Module model, Func<IReadOnlyList<Tensor>> answer, double tolerance = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);
        model.eval();
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        float[][] before = [];
        var pairs = NormPairs.Find(model, () => before = Read(answer));
        if (pairs.Count == 0 || TryFold(pairs, before, answer, tolerance)) return pairs.Count;
        return pairs.Count(pair => TryFold([pair], before, answer, tolerance));
    }

    private static bool TryFold(
        IReadOnlyList<(Module Layer, BatchNorm Norm)> pairs,
        float[][] before,
        Func<IReadOnlyList<Tensor>> answer,
        double tolerance)
    {
        var folds = new List<NormFold>();
        foreach (var (layer, norm) in pairs) folds.Add(new NormFold(layer, norm));
        var same = AreClose(before, Read(answer), tolerance);
        if (!same) folds.ForEach(fold => fold.Undo());
        folds.ForEach(fold => fold.Dispose());
        return same;
    }

    private static float[][] Read(Func<IReadOnlyList<Tensor>> answer)
    {
        using var scope = NewDisposeScope();
        return [.. answer().Select(tensor => tensor.ReadFloats())];
    }

    private static bool AreClose(float[][] before, float[][] after, double tolerance) =>
        before.Length == after.Length && before.Zip(after).All(pair =>
        {
            if (pair.First.Length != pair.Second.Length) return false;
            var allowed = tolerance * pair.First.Select(value => Math.Abs(value)).DefaultIfEmpty(0).Max();
            return pair.First.Zip(pair.Second).All(values => Math.Abs(values.First - values.Second) <= allowed);
        });
}
