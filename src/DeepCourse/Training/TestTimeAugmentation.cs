namespace DeepCourse.Training;

/// <summary>Predictions that are the mean over several views of the same inputs.</summary>
public static class TestTimeAugmentation
{
    /// <summary>Looks at a batch as it is and through several transforms.</summary>
    /// <typeparam name="TX">The inputs of a batch.</typeparam>
    /// <typeparam name="TY">The targets of a batch.</typeparam>
    /// <param name="learner">Whose model to ask.</param>
    /// <param name="inputs">A batch, on the model's device.</param>
    /// <param name="views">Transforms of a batch: mirrored, moved, lit otherwise.</param>
    /// <param name="activation">Makes outputs comparable before they are averaged; by default softmax over axis 1,
    /// since the mean of logits (or of logarithms) is another thing.</param>
    /// <param name="plainShare">The weight of the inputs as they are; the views share the rest.</param>
    /// <returns>The mean; it belongs to the caller's dispose scope.</returns>
    public static Tensor PredictAveraged<TX, TY>(
        this Learner<TX, Tensor, TY> learner,
        TX inputs,
        IReadOnlyList<Func<TX, TX>> views,
        Func<Tensor, Tensor>? activation = null,
        double plainShare = 0.25)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentOutOfRangeException.ThrowIfZero(views.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(plainShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plainShare, 1);
        activation ??= static output => output.softmax(1);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var mean = activation(learner.Predict(inputs)) * plainShare;
        foreach (var view in views)
            mean += activation(learner.Predict(view(inputs))) * ((1 - plainShare) / views.Count);
        return mean.MoveToOuterDisposeScope();
    }
}
