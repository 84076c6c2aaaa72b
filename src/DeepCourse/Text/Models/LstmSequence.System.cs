using DeepCourse.Native;

namespace DeepCourse.Text.Models;

/// <summary>Runs one long short-term memory layer over a sequence, with weights that may be the results of other
/// operations.</summary>
internal static class LstmSequence
{
    /// <inheritdoc cref="LstmSteps.Run"/>
    public static (Tensor Output, Tensor Hidden, Tensor Cell) Run(
        Tensor input, Tensor hidden, Tensor cell, LstmWeights weights) => Recurrence.Lstm(
            input, hidden, cell, weights.Input, weights.Hidden, weights.InputBias, weights.HiddenBias);
}
