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
        const double coldest = 1e-3;
        Guard.Rank(logits, 2);
        Guard.Shape(targets, [logits.size(0)], "[count]");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var scores = logits.to_type(ScalarType.Float64);
        var right = scores.gather(1, targets.unsqueeze(1)).mean().ReadNumber();
        // The cross-entropy is convex in 1 / temperature, so Newton's steps find its minimum; each is kept within a
        // factor of two, which makes them safe far from it.
        var inverse = 1.0;
        for (var step = 0; step < 60; step++)
        {
            using var inner = NewDisposeScope();
            var probabilities = scores.mul(inverse).softmax(1);
            var mean = probabilities.mul(scores).sum(1);
            var slope = mean.mean().ReadNumber() - right;
            var curvature = probabilities.mul(scores).mul(scores).sum(1).sub(mean.mul(mean)).mean().ReadNumber();
            if (!(curvature > 0)) break;
            var next = Math.Clamp(Math.Clamp(inverse - (slope / curvature), inverse / 2, 2 * inverse), coldest, 1 / coldest);
            var done = Math.Abs(next - inverse) <= 1e-12 * inverse;
            inverse = next;
            if (done) break;
        }
        return new(1 / inverse);
    }

    /// <summary>Divides logits by the temperature.</summary>
    /// <param name="logits">Of any shape.</param>
    public Tensor Apply(Tensor logits) => logits.div(Temperature);
}
