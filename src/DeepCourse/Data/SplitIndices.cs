namespace DeepCourse.Data;

/// <summary>Which items to learn from, and which to judge by.</summary>
/// <param name="Train">Indices of the items to learn from.</param>
/// <param name="Validation">Indices of the items to judge by; none of them is in <paramref name="Train"/>.</param>
public sealed record SplitIndices(IReadOnlyList<int> Train, IReadOnlyList<int> Validation);
