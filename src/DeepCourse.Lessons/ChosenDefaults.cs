namespace DeepCourse.Lessons;

/// <summary>What options are, when nobody gives them, where the lesson's own options decide: each of several networks has its
/// own batch.</summary>
/// <param name="BatchSize">Without <c>--batch-size</c>; null for the lesson's own.</param>
/// <param name="LearningRate">Without <c>--learning-rate</c>; null for the lesson's own.</param>
public sealed record ChosenDefaults(int? BatchSize = null, double? LearningRate = null);
