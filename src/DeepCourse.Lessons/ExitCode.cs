namespace DeepCourse.Lessons;

/// <summary>What a lesson's process says to the shell.</summary>
public static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Something broke.</summary>
    public const int Fault = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>The lesson ran, but a metric is below its <c>--expect</c> bar.</summary>
    public const int BelowExpectation = 3;

    /// <summary>Stopped by Ctrl-C; what had been learnt is saved.</summary>
    public const int Cancelled = 130;
}
