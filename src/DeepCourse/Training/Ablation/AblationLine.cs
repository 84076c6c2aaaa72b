namespace DeepCourse.Training.Ablation;

/// <summary>What one run measured: a line of the study's file.</summary>
/// <param name="Trial">The name of the switch, or of the base.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Values">The metrics that have a meaning for this recipe, by name.</param>
/// <param name="Seconds">How long the run took.</param>
public sealed record AblationLine(string Trial, int Seed, IReadOnlyDictionary<string, double> Values, double Seconds);
