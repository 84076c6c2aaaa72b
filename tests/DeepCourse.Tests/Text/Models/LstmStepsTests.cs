using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Models;

/// <summary>The written-out layer and the one that the stack brings are the same function.</summary>
public sealed class LstmStepsTests
{
    [Fact]
    public void OutputsAndGradients_AreThoseOfTheKernel()
    {
        using var scope = NewDisposeScope();
        var (steps, kernel) = (new Layer(), new Layer());
        var left = steps.Run(LstmSteps.Run);
        var right = kernel.Run(LstmSequence.Run);
        foreach (var (ours, theirs) in left.Zip(right)) Assert.True(ours.allclose(theirs, 1e-4, 1e-5));
    }

    private delegate (Tensor Output, Tensor Hidden, Tensor Cell) Recurrence(
        Tensor input, Tensor hidden, Tensor cell, LstmWeights weights);

    private sealed class Layer
    {
        private readonly Tensor[] _leaves;

        public Layer()
        {
            manual_seed(8);
            _leaves = [.. ((long[][])[[6, 3, 4], [3, 5], [3, 5], [20, 4], [20, 5], [20], [20]])
                .Select(shape => randn(shape).requires_grad_())];
        }

        public Tensor[] Run(Recurrence layer)
        {
            var (output, hidden, cell) = layer(
                _leaves[0], _leaves[1], _leaves[2], new LstmWeights(_leaves[3], _leaves[4], _leaves[5], _leaves[6]));
            (output.pow(2).sum() + hidden.sum() + cell.pow(3).sum()).backward();
            return [output, hidden, cell, .. _leaves.Select(leaf => leaf.grad!)];
        }
    }
}
