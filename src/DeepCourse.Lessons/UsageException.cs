namespace DeepCourse.Lessons;

/// <summary>The options don't fit together or don't fit the machine; the process ends with <see cref="ExitCode.Usage"/>.</summary>
/// <param name="message">What is wrong and how to put it right.</param>
public sealed class UsageException(string message) : Exception(message);
