namespace DeepCourse.Distributed;

/// <summary>Processes that should work together can't, or can no longer: one has failed, is gone, or never came.</summary>
public sealed class ProcessFailureException : Exception
{
    /// <summary>Says what happened, and to which process.</summary>
    /// <param name="message">The cause, for people.</param>
    /// <param name="innerException">What was seen of it here.</param>
    public ProcessFailureException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether this process is where it went wrong, so that the others have to be told.</summary>
    internal bool IsOwn { get; init; }
}
