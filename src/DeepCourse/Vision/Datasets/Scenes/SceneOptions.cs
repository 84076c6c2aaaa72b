namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>How many scenes are composed, and from which draw.</summary>
public sealed record SceneOptions
{
    /// <summary>Scenes to learn from.</summary>
    /// <value>The default is 4,000.</value>
    public int TrainingCount { get; init; } = 4000;

    /// <summary>Scenes in each of the two validation halves.</summary>
    /// <value>The default is 400.</value>
    public int ValidationCount { get; init; } = 400;

    /// <summary>Side of a scene in pixels.</summary>
    /// <value>The default is 192.</value>
    public int SizeInPixels { get; init; } = 192;

    /// <summary>Decides everything that is drawn by chance.</summary>
    /// <value>The default is 8.</value>
    public int Seed { get; init; } = 8;

    /// <summary>A few scenes, for a quick try.</summary>
    public static SceneOptions Few { get; } = new() { TrainingCount = 256, ValidationCount = 64, SizeInPixels = 96 };
}
