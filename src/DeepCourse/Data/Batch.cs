namespace DeepCourse.Data;

/// <summary>What the network sees at once: several items collated together, with what it should say about them.</summary>
/// <typeparam name="TX">A tensor, or a record of named tensors; the first axis of each is the item.</typeparam>
/// <typeparam name="TY">A tensor, or a record of named tensors; the first axis of each is the item.</typeparam>
/// <param name="Inputs">What goes into the model, [batch, ...].</param>
/// <param name="Targets">What the loss compares the output with, [batch, ...].</param>
/// <param name="Size">The number of items in the batch; losses and metrics are averaged with it as the weight.</param>
/// <remarks>
/// A batch owns nothing: its tensors belong to the dispose scope that was open when the loader made them, and they
/// die with it (the Learner opens one scope per batch).
/// </remarks>
public sealed record Batch<TX, TY>(TX Inputs, TY Targets, int Size);
