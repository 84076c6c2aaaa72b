namespace DeepCourse.Training.Ablation;

/// <summary>What the lines of a study's file consist of.</summary>
/// <param name="Study">The study's name, for messages.</param>
/// <param name="Trials">The names of the recipes.</param>
/// <param name="Settings">What all runs share.</param>
/// <param name="Metrics">What they measure.</param>
internal sealed record AblationColumns(
    string Study, IReadOnlyList<string> Trials, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Metrics)
{
    public const string Trial = "trial", Seed = "seed", Seconds = "seconds";

    public IReadOnlyList<string> Names { get; } = [Trial, Seed, .. Settings.Keys, .. Metrics, Seconds];
}
