namespace DeepCourse.Text.Models;

/// <summary>Runs one long short-term memory layer over a sequence, with weights that may be the results of other
/// operations. The package's own layer takes parameters only, so here it is step by step.</summary>
internal static class LstmSequence
{
    /// <inheritdoc cref="LstmSteps.Run"/>
    public static (Tensor Output, Tensor Hidden, Tensor Cell) Run(
        Tensor input, Tensor hidden, Tensor cell, LstmWeights weights) => LstmSteps.Run(input, hidden, cell, weights);
}
