namespace DeepCourse.Optimization;

/// <summary>Makes the optimizer of a model whose parameters have been grouped.</summary>
/// <param name="groups">The layer groups; each of their sets becomes a parameter group of the optimizer.</param>
/// <returns>The caller disposes it (the Learner does).</returns>
/// <remarks>
/// The Learner calls this once, when it first needs the optimizer. <b>Extending.</b> Make one parameter group for each
/// of <see cref="ParameterGroups.Sets"/>, in their order, and discriminative rates work; an optimizer with a single
/// parameter group works too, with one rate for all.
/// </remarks>
public delegate torch.optim.Optimizer OptimizerFactory(ParameterGroups groups);
