namespace DeepCourse.Lessons;

/// <summary>What options are, when nobody gives them, for one of a lesson's data sets: a larger set needs fewer
/// passes.</summary>
/// <param name="Epochs">Without <c>--epochs</c>; null for the lesson's own.</param>
/// <param name="Size">Without <c>--size</c>; null for the lesson's own.</param>
public sealed record DataDefaults(int? Epochs = null, int? Size = null);
