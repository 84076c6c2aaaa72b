namespace DeepCourse.Lessons;

/// <summary>Something else a lesson can do, chosen by its name on the command line.</summary>
/// <param name="Name">The word, such as <c>study</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="Body">Does it; same context and shared options as training.</param>
public sealed record LessonCommand(string Name, string Description, Action<LessonContext> Body)
{
    /// <summary>Options of this command alone, beside the shared ones and the lesson's.</summary>
    public IReadOnlyList<LessonOption> Options { get; init; } = [];

    /// <summary>Keeps its runs in a folder of their own, <c>runs/LESSON-COMMAND</c>: for a command that uses what training
    /// left, so that <c>runs/LESSON/latest</c> stays the last training.</summary>
    public bool HasOwnRuns { get; init; }
}
