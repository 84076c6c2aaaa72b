using DeepCourse.Distributed;

namespace DeepCourse.Lessons;

/// <summary>The machine's cores, shared out among the processes on it that train together.</summary>
internal static class Cores
{
    /// <summary>How many this process has.</summary>
    public static int OfProcess => Math.Max(1, Environment.ProcessorCount / Neighbours());

    private static int Neighbours()
    {
        try
        {
            return ProcessPlace.FromEnvironment()?.LocalWorldSize ?? 1;
        }
        catch (ArgumentException)
        {
            // Whoever joins the processes says what is wrong.
            return 1;
        }
    }
}
