namespace DeepCourse.Optimization;

/// <summary>Parameters that an optimizer treats alike: those of one layer group, with or without weight
/// decay.</summary>
/// <param name="Group">The layer group, from 0.</param>
/// <param name="Decays">False for biases and for the scales of normalisation layers.</param>
/// <param name="Parameters">The parameters themselves.</param>
public sealed record ParameterSet(int Group, bool Decays, IReadOnlyList<Parameter> Parameters);
