namespace DeepCourse.Training.Ablation;

/// <summary>One of the numbers that every run of a study measures.</summary>
/// <param name="Name">The column of the file, such as <c>accuracy</c>.</param>
public sealed record AblationMetric(string Name)
{
    /// <summary>What tables and figures call it; its name, where nothing else is said.</summary>
    public string Title { get; init; } = Name;

    /// <summary>Whether a larger value is a better one.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>.NET format of a value.</summary>
    public string Format { get; init; } = "0.000";
}
