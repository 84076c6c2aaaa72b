namespace DeepCourse.Text.Models;

/// <summary>A long short-term memory layer written out, one step after the other (Hochreiter and Schmidhuber
/// 1997).</summary>
internal static class LstmSteps
{
    /// <summary>Runs the layer over a sequence.</summary>
    /// <param name="input">[steps, batch, inputs]</param>
    /// <param name="hidden">The hidden state before the first step, [batch, hidden].</param>
    /// <param name="cell">The cell state before the first step, [batch, hidden].</param>
    /// <param name="weights">What to compute with.</param>
    /// <returns>The hidden states of all steps [steps, batch, hidden]; hidden and cell state after the last.</returns>
    public static (Tensor Output, Tensor Hidden, Tensor Cell) Run(
        Tensor input, Tensor hidden, Tensor cell, LstmWeights weights)
    {
        using var scope = NewDisposeScope();
        var steps = functional.linear(input, weights.Input, weights.InputBias + weights.HiddenBias).unbind();
        var outputs = new Tensor[steps.Length];
        for (var step = 0; step < steps.Length; step++)
        {
            var gates = steps[step].add(functional.linear(hidden, weights.Hidden)).chunk(4, 1);
            cell = gates[1].sigmoid() * cell + gates[0].sigmoid() * gates[2].tanh();
            hidden = gates[3].sigmoid() * cell.tanh();
            outputs[step] = hidden;
        }
        return scope.MoveToOuter(stack(outputs), hidden, cell);
    }
}
