using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepCourse.Native;

namespace DeepCourse.Distributed;

/// <summary>How processes find each other, and what they say when that goes wrong.</summary>
internal static class Rendezvous
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // So long the keeper of the store stays after a failed meeting: the others shall read why.
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    /// <summary>Keeps what belongs to one attempt apart from anything else in the store.</summary>
    public static string Prefix(ProcessPlace place) => $"deepcourse/{place.Attempt}/";

    public static KeyStore Open(ProcessPlace place, bool serves, TimeSpan patience)
    {
        try
        {
            return new KeyStore(place.Address, place.Port, serves, patience);
        }
        catch (ExternalException refused)
        {
            throw new ProcessFailureException(
                serves
                    ? $"the processes can't meet at {place.Address}:{place.Port} (MASTER_ADDR, MASTER_PORT), which should be this machine: {refused.Message}"
                    : $"nobody keeps a store at {place.Address}:{place.Port} (MASTER_ADDR, MASTER_PORT): is process 0 running, and reachable from here? {refused.Message}",
                refused);
        }
    }

    /// <summary>Waits until all processes are there.</summary>
    public static void Meet(KeyStore store, ProcessPlace place, TimeSpan patience)
    {
        var prefix = Prefix(place);
        try
        {
            var watch = Stopwatch.StartNew();
            Enter(store, place, prefix);
            while (Missing(store, place, prefix) is { Count: > 0 } missing)
            {
                if (store.Has(prefix + "refused")) throw new ProcessFailureException(store.Get(prefix + "refused"));
                if (watch.Elapsed > patience)
                    throw Refuse(store, prefix, $"waited {patience.TotalSeconds:0} s for {place.WorldSize} processes: {Named(missing)} did not come; were all started, with the same MASTER_ADDR and MASTER_PORT?");
                Task.Delay(Pause).Wait();
            }
            // Another may have come to a group that was complete already.
            if (store.Has(prefix + "refused")) throw new ProcessFailureException(store.Get(prefix + "refused"));
        }
        catch (ProcessFailureException) when (place.IsFirst && !place.StoreIsKept)
        {
            Task.Delay(Courtesy).Wait();
            throw;
        }
        catch (ExternalException lost)
        {
            throw new ProcessFailureException($"process 0 ended before all had met: {lost.Message}", lost);
        }
    }

    private static void Enter(KeyStore store, ProcessPlace place, string prefix)
    {
        var size = place.WorldSize.ToString(CultureInfo.InvariantCulture);
        if (store.Add(prefix + "first", 1) == 1) store.Set(prefix + "size", size);
        var expected = store.Get(prefix + "size");
        if (expected != size)
            throw Refuse(store, prefix, $"process {place.Rank} was started for {size} processes (WORLD_SIZE), another one for {expected}");
        if (store.Add($"{prefix}place/{place.Rank}", 1) > 1)
            throw Refuse(store, prefix, $"two processes were started as number {place.Rank} (RANK)");
        store.Set($"{prefix}here/{place.Rank}", "yes");
    }

    private static List<int> Missing(KeyStore store, ProcessPlace place, string prefix) =>
        [.. Enumerable.Range(0, place.WorldSize).Where(rank => !store.Has($"{prefix}here/{rank}"))];

    private static ProcessFailureException Refuse(KeyStore store, string prefix, string cause)
    {
        store.Set(prefix + "refused", cause);
        return new ProcessFailureException(cause);
    }

    private static string Named(List<int> ranks) => (ranks.Count == 1 ? "process " : "processes ") + string.Join(", ", ranks);
}
