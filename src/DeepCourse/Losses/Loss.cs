using DeepCourse.Tensors;

namespace DeepCourse.Losses;

/// <summary>The common losses as functions of output and targets, ready to be handed to a Learner.</summary>
/// <remarks>Each gives one number (a tensor without dimensions): the mean over the batch.</remarks>
public static class Loss
{
    /// <summary>Cross entropy of one class per item.</summary>
    /// <param name="output">Logits, [batch, classes, ...].</param>
    /// <param name="targets">Class numbers, int64 [batch, ...], or soft targets: probabilities of the output's
    /// shape.</param>
    public static Tensor CrossEntropy(Tensor output, Tensor targets) => functional.cross_entropy(output, targets);

    /// <summary>Cross entropy where the right class is only almost certain.</summary>
    /// <param name="labelSmoothing">The probability that is spread over all classes, from 0 to less than 1.</param>
    /// <remarks>Szegedy et al. 2016 (arXiv 1512.00567), section 7. Works on soft targets too.</remarks>
    public static Func<Tensor, Tensor, Tensor> CrossEntropy(double labelSmoothing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(labelSmoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(labelSmoothing, 1);
        return (output, targets) => functional.cross_entropy(output, targets, label_smoothing: labelSmoothing);
    }

    /// <summary>Cross entropy of yes-or-no answers.</summary>
    /// <param name="output">Logits of any shape.</param>
    /// <param name="targets">0 or 1 (or a probability), float, of the same shape.</param>
    public static Tensor BinaryCrossEntropy(Tensor output, Tensor targets)
    {
        Guard.SameShape(targets, output);
        return functional.binary_cross_entropy_with_logits(output, targets);
    }

    /// <summary>The mean squared difference.</summary>
    /// <param name="output">Any shape.</param>
    /// <param name="targets">The same shape.</param>
    public static Tensor MeanSquaredError(Tensor output, Tensor targets)
    {
        Guard.SameShape(output, targets);
        return functional.mse_loss(output, targets);
    }

    /// <summary>The mean absolute difference.</summary>
    /// <param name="output">Any shape.</param>
    /// <param name="targets">The same shape.</param>
    public static Tensor L1(Tensor output, Tensor targets)
    {
        Guard.SameShape(output, targets);
        // TorchSharp's l1_loss has squared the differences in some releases.
        return output.sub(targets).abs().mean();
    }

    /// <summary>Half the squared difference below 1, the absolute difference less a half above.</summary>
    /// <param name="output">Any shape.</param>
    /// <param name="targets">The same shape.</param>
    /// <remarks>Girshick 2015 (arXiv 1504.08083), eq. 3.</remarks>
    public static Tensor SmoothL1(Tensor output, Tensor targets) => SmoothL1(1)(output, targets);

    /// <summary>Smooth L1 with another bend.</summary>
    /// <param name="beta">Below this difference the loss is a parabola, in the unit of the targets.</param>
    public static Func<Tensor, Tensor, Tensor> SmoothL1(double beta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        return (output, targets) =>
        {
            Guard.SameShape(output, targets);
            // Huber's loss is this one times beta; TorchSharp's smooth_l1_loss has ignored beta in some releases.
            return functional.huber_loss(output, targets, beta).div(beta);
        };
    }

    /// <summary>Huber's loss: a parabola near 0, straight lines of slope delta outside.</summary>
    /// <param name="delta">Where the parabola ends, in the unit of the targets.</param>
    public static Func<Tensor, Tensor, Tensor> Huber(double delta = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        return (output, targets) =>
        {
            Guard.SameShape(output, targets);
            return functional.huber_loss(output, targets, delta);
        };
    }

    /// <summary>A weighted sum of losses that have names, so that each can be watched.</summary>
    /// <typeparam name="TOut">What the model gives.</typeparam>
    /// <typeparam name="TY">What the batch has as targets.</typeparam>
    /// <param name="parts">What is added up.</param>
    public static SummedLoss<TOut, TY> Sum<TOut, TY>(params IReadOnlyList<LossPart<TOut, TY>> parts) => new(parts);
}
