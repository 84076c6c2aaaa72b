using DeepCourse.Tensors;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Losses;

/// <summary>Cross entropy, and in training two penalties that keep hidden states small and slow.</summary>
/// <param name="activationWeight">Of the mean square of the last layer after its dropout (AR).</param>
/// <param name="slownessWeight">Of the mean squared change of the last layer, before dropout, from a step to the next
/// (TAR).</param>
/// <remarks>Merity, McCann and Socher 2017 (arXiv 1708.01009). In evaluation mode it is the cross entropy
/// alone.</remarks>
public sealed class LanguageModelLoss(double activationWeight = 2, double slownessWeight = 1)
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="output">What the model gave.</param>
    /// <param name="targets">The tokens that came next, int64 [batch, steps].</param>
    /// <returns>A tensor of one element, in nats a token.</returns>
    public Tensor Of(LanguageModelOutput output, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(output);
        var loss = output.CrossEntropy(targets);
        if (!output.IsTraining) return loss;
        using var scope = NewDisposeScope();
        var sum = loss;
        if (activationWeight != 0) sum = sum + MeanSquare(output.Dropped) * activationWeight;
        var changes = output.Raw.size(1) - 1;
        if (slownessWeight != 0 && changes > 0)
            sum = sum + MeanSquare(output.Raw.narrow(1, 1, changes) - output.Raw.narrow(1, 0, changes)) * slownessWeight;
        return ReferenceEquals(sum, loss) ? loss : sum.MoveToOuterDisposeScope();
    }

    // Squares of narrow numbers would be rounded, or overflow.
    private static Tensor MeanSquare(Tensor values) =>
        values.ToWide().square().mean();
}
