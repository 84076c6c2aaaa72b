using DeepCourse.Data;
using DeepCourse.Training.Distributed;

namespace DeepCourse.Training;

public abstract partial class Learner
{
    /// <summary>What joins this process to others that train the same model; null for a process that trains alone.</summary>
    internal DataParallel? Parallel { get; }

    /// <summary>The part of a phase's data that this process reads. Numbers are added up over processes only where each
    /// reads its own part.</summary>
    /// <param name="phase">Which phase.</param>
    protected internal virtual Shard ShardOf(Phase phase) => Shard.Whole;

    private static DataParallel? OnlyParallel(Callback[] callbacks)
    {
        DataParallel[] all = [.. callbacks.OfType<DataParallel>()];
        return all.Length <= 1
            ? all.FirstOrDefault()
            : throw new ArgumentException($"a learner joins one group of processes, not {all.Length}", nameof(callbacks));
    }
}
