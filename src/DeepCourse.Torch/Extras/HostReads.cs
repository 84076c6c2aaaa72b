using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>How often this thread has made the host wait for results, or would have if they were on a GPU: values that were
/// read, answers of operators that are numbers, results whose size depends on values, and gradients' norms.</summary>
/// <remarks>For tests that hold a loop to reading nothing. On the CPU the counts are the same as on a GPU, except that copying
/// to the CPU is counted where the copy is read.</remarks>
public static class HostReads
{
    /// <summary>The count so far.</summary>
    public static long OnThisThread => ReadCount.OfThisThread;
}
