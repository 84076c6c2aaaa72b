using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>Makes the probabilities of a trained classifier believable: all logits are divided by one number. Which class
/// is the most probable doesn't change.</summary>
/// <param name="Temperature">What logits are divided by: above 1 for a classifier that is too sure of itself.</param>
/// <remarks>Guo et al. 2017, section 4.2.</remarks>
public sealed record TemperatureScaling(double Temperature)
{
    /// <summary>Finds the temperature with the least cross-entropy.</summary>
    /// <param name="logits">What the classifier gave for items that it wasn't trained on, [count, classes].</param>
    /// <param name="targets">Their classes, [count].</param>
    /// <returns>A temperature between a thousandth and a thousand: where every answer is right, the colder the better.</returns>
    public static TemperatureScaling Fit(Tensor logits, Tensor targets)
    {
        const double coldest = 1e-3, hottest = 1e3;
        Guard.Rank(logits, 2);
        Guard.Shape(targets, [logits.size(0)], "[count]");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var scores = logits.to_type(ScalarType.Float64);
        // From the right class on, so that a slope of hardly anything keeps its sign.
        var ahead = scores.sub(scores.gather(1, targets.unsqueeze(1)));
        if (Slope(1) == 0) return new(1);
        // The cross-entropy is convex in 1 / temperature: its minimum is where the slope changes its sign.
        var (low, high) = (-Math.Log(hottest), -Math.Log(coldest));
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (Slope(Math.Exp(middle)) <= 0) low = middle;
            else high = middle;
        }
        return new(Math.Exp(-(low + high) / 2));

        double Slope(double inverse)
        {
            using var inner = NewDisposeScope();
            return scores.mul(inverse).softmax(1).mul(ahead).sum(1).mean().ReadNumber();
        }
    }

    /// <summary>Divides logits by the temperature.</summary>
    /// <param name="logits">Of any shape.</param>
    public Tensor Apply(Tensor logits) => logits.div(Temperature);
}
