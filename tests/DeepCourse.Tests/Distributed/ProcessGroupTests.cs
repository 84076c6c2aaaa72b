using System.Diagnostics;

namespace DeepCourse.Tests.Distributed;

/// <summary>Real processes on this machine: what they do together, and what becomes of all when one is lost.</summary>
public sealed class ProcessGroupTests
{
    [SkippableFact]
    public void TwoProcesses_AddHandOnAndCollect()
    {
        Workers.SkipWithoutThem();
        using var workers = Workers.Start(nameof(GroupTasks.Collect), 2);
        workers.Succeed();
    }

    [SkippableFact]
    public void Metrics_OfParts_AreThoseOfTheWhole()
    {
        Workers.SkipWithoutThem();
        using var workers = Workers.Start(nameof(GroupTasks.Measure), 3);
        workers.Succeed();
    }

    [SkippableFact]
    public void KilledProcess_EndsTheOthersWithTheCause()
    {
        Workers.SkipWithoutThem();
        var watch = Stopwatch.StartNew();
        using var workers = Workers.Start(nameof(GroupTasks.LoseOne), 3);

        var ends = workers.Wait();

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        foreach (var rank in new[] { 0, 2 })
        {
            Assert.Equal(1, ends[rank].Code);
            Assert.Contains("ProcessFailureException: process 1 of 3 is gone: no sign of life for", ends[rank].Said, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void FailedProcess_TellsTheOthersWhy()
    {
        Workers.SkipWithoutThem();
        using var workers = Workers.Start(nameof(GroupTasks.FailInOne), 2);

        var ends = workers.Wait();

        Assert.Equal([1, 1], ends.Select(end => end.Code));
        Assert.Contains("InvalidDataException: the disk is full", ends[1].Said, StringComparison.Ordinal);
        Assert.Contains("ProcessFailureException: process 1 of 2 failed: the disk is full", ends[0].Said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void AnotherWorldSize_IsRefusedByAll()
    {
        Workers.SkipWithoutThem();
        using var workers = Workers.Start(nameof(GroupTasks.Collect), [(0, 2), (1, 3)]);

        var ends = workers.Wait();

        Assert.All(ends, end => Assert.Equal(1, end.Code));
        Assert.All(ends, end => Assert.Matches("was started for [23] processes \\(WORLD_SIZE\\), another one for [23]", end.Said));
    }

    [SkippableFact]
    public void ProcessThatNeverComes_IsNamed()
    {
        Workers.SkipWithoutThem();
        using var workers = Workers.Start(nameof(GroupTasks.Collect), [(0, 2)], patience: 2);

        var (code, said) = Assert.Single(workers.Wait());

        Assert.Equal(1, code);
        Assert.Contains("waited 2 s for 2 processes: process 1 did not come", said, StringComparison.Ordinal);
    }
}
