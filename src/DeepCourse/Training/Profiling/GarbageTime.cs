namespace DeepCourse.Training.Profiling;

/// <summary>What the garbage collector did during a fit.</summary>
/// <param name="Collections">How often it ran, in any generation.</param>
/// <param name="PauseSeconds">For how long all threads stood still because of it.</param>
/// <param name="AllocatedBytes">What all threads allocated on the managed heap.</param>
public readonly record struct GarbageTime(int Collections, double PauseSeconds, long AllocatedBytes)
{
    /// <summary>The counts of this process so far.</summary>
    internal static GarbageTime Now => new(
        GC.CollectionCount(0), GC.GetTotalPauseDuration().TotalSeconds, GC.GetTotalAllocatedBytes());

    /// <summary>What has come since an earlier count.</summary>
    internal GarbageTime Since(GarbageTime earlier) => new(
        Collections - earlier.Collections, PauseSeconds - earlier.PauseSeconds, AllocatedBytes - earlier.AllocatedBytes);
}
