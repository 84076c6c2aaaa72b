namespace DeepCourse.Vision.Interpretation;

/// <summary>A mistake and how often it was made.</summary>
/// <param name="Actual">The true class.</param>
/// <param name="Predicted">The class that was named.</param>
/// <param name="Count">How often.</param>
public sealed record Confusion(string Actual, string Predicted, long Count);
