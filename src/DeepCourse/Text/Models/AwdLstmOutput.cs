namespace DeepCourse.Text.Models;

/// <summary>What an <see cref="AwdLstm"/> says about each token of a batch.</summary>
/// <param name="Raw">The last layer's hidden states, [batch, steps, embedding].</param>
/// <param name="Dropped">The same after output dropout, which is what a head is put upon; equal to
/// <paramref name="Raw"/> where nothing is dropped.</param>
/// <param name="Embedded">The embedded tokens as they enter the first layer, [batch, steps, embedding].</param>
/// <remarks>All are views of tensors whose first axis is time.</remarks>
public sealed record AwdLstmOutput(Tensor Raw, Tensor Dropped, Tensor Embedded);
