namespace DeepCourse.Text.Models;

/// <summary>One layer that goes along a sequence.</summary>
internal abstract class RecurrentLayer(string name) : Module(name)
{
    /// <summary>Goes along a sequence.</summary>
    /// <param name="input">[steps, batch, inputs]</param>
    /// <param name="state">What the layer remembers of the steps before, or null at the beginning of a text.</param>
    /// <param name="weightDropout">The share of the recurrent weights to drop in training.</param>
    /// <returns>The hidden states [steps, batch, hidden], and what to remember; in the caller's dispose scope.</returns>
    public abstract (Tensor Output, Tensor[] State) Run(Tensor input, Tensor[]? state, double weightDropout);
}
