using System.Runtime.InteropServices;
using DeepCourse.Native;

namespace DeepCourse.Distributed;

/// <summary>Knows whether all processes are alive: each gives signs of life in the store, the first one looks at those of
/// the others (and the second one at those of the first, where torchrun keeps the store), and who fails says why.</summary>
/// <remarks>It has a thread and a connection of its own, so that neither a long computation nor a long wait silences it.</remarks>
internal sealed class FailureWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    // A connection has broken: then a shorter silence is enough.
    private static readonly TimeSpan SuspiciousSilence = TimeSpan.FromSeconds(3);

    private readonly Func<KeyStore> _connect;
    private readonly ProcessPlace _place;
    private readonly string _prefix;
    private readonly CancellationTokenSource _failed = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly ManualResetEventSlim _told = new(false);
    private readonly Thread _thread;
    private readonly long[] _signs;
    private readonly long[] _seen;
    private volatile string? _failure;
    private volatile string? _announcement;
    private volatile bool _leaving;
    private volatile bool _isSuspicious;

    /// <summary>Begins to watch.</summary>
    /// <param name="connect">Opens a connection to the store.</param>
    /// <param name="place">The place of this process.</param>
    public FailureWatch(Func<KeyStore> connect, ProcessPlace place)
    {
        (_connect, _place, _prefix) = (connect, place, Rendezvous.Prefix(place));
        Failed = _failed.Token;
        (_signs, _seen) = (new long[place.WorldSize], new long[place.WorldSize]);
        _thread = new Thread(Watch) { IsBackground = true, Name = "Watch over the other processes" };
        _thread.Start();
    }

    /// <summary>What has happened; null as long as all is well.</summary>
    public string? Failure => _failure;

    /// <summary>Cancelled when something has happened.</summary>
    public CancellationToken Failed { get; }

    private bool KeepsStore => _place.IsFirst && !_place.StoreIsKept;

    public void ThrowIfFailed()
    {
        if (_failure is { } failure) throw new ProcessFailureException(failure);
    }

    /// <summary>Tells the others why this process ends, and waits until that is written (and, where this process keeps the
    /// store, until the others have read it).</summary>
    public void Announce(string cause)
    {
        if (_failure is not null || _leaving) return;
        _announcement = cause;
        _wake.Set();
        _told.Wait(TimeSpan.FromSeconds(5));
    }

    /// <summary>After a connection broke: waits until it is known which process is gone.</summary>
    /// <returns>What has happened; null where all processes are alive.</returns>
    public string? AwaitCause()
    {
        _isSuspicious = true;
        _wake.Set();
        Failed.WaitHandle.WaitOne(Silence + SuspiciousSilence);
        return _failure;
    }

    /// <summary>This process is done: its silence means nothing from now on.</summary>
    /// <returns>Whether the watch has ended; not when the store doesn't answer any more.</returns>
    public bool Leave()
    {
        _leaving = true;
        if (_thread.IsAlive) _wake.Set();
        return _thread.Join(Silence + SuspiciousSilence);
    }

    public void Dispose()
    {
        if (!Leave()) return;
        _failed.Dispose();
        _wake.Dispose();
        _told.Dispose();
    }

    private void Watch()
    {
        try
        {
            using var store = _connect();
            for (var rank = 0; rank < _seen.Length; rank++) _seen[rank] = Environment.TickCount64;
            while (!_leaving && _failure is null)
            {
                Look(store);
                if (_failure is null && !_leaving) _wake.WaitOne(Interval);
            }
            if (_failure is null) store.Set($"{_prefix}left/{_place.Rank}", "yes");
            else store.Add(_prefix + "heard", 1);
            // What the last of them still waits for comes over the connections of all; with the store goes what they read.
            if (_failure is null || KeepsStore) SeeOthersOff(store);
        }
        catch (Exception lost) when (lost is ExternalException or ProcessFailureException)
        {
            if (!_leaving) Fail("process 0, which keeps the others together, is gone");
        }
        _told.Set();
    }

    private void Look(KeyStore store)
    {
        store.Add($"{_prefix}alive/{_place.Rank}", 1);
        if (_isSuspicious) store.Set(_prefix + "suspicion", "yes");
        if (_announcement is { } announcement && store.Add(_prefix + "failures", 1) == 1)
            store.Set(_prefix + "failure", announcement);
        if (!_isSuspicious && WatchedRanks is not null && store.Has(_prefix + "suspicion")) _isSuspicious = true;
        if (WatchedRanks is { } ranks && !store.Has(_prefix + "failure") && FindSilent(store, ranks) is { } silent && store.Add(_prefix + "failures", 1) == 1)
            store.Set(_prefix + "failure", silent);
        if (store.Has(_prefix + "failure")) Fail(store.Get(_prefix + "failure"));
    }

    // The first process looks at the others. Where it keeps the store, the end of its connections tells of its own end;
    // where torchrun does, the second one looks at it.
    private Range? WatchedRanks => _place.Rank switch
    {
        0 => 1.._signs.Length,
        1 when _place.StoreIsKept => 0..1,
        _ => null,
    };

    private string? FindSilent(KeyStore store, Range ranks)
    {
        for (var rank = ranks.Start.Value; rank < ranks.End.Value; rank++)
        {
            var signs = store.Add($"{_prefix}alive/{rank}", 0);
            if (signs != _signs[rank])
            {
                (_signs[rank], _seen[rank]) = (signs, Environment.TickCount64);
                continue;
            }
            var silence = TimeSpan.FromMilliseconds(Environment.TickCount64 - _seen[rank]);
            if (silence < (_isSuspicious ? SuspiciousSilence : Silence)) continue;
            if (!store.Has($"{_prefix}left/{rank}"))
                return $"process {rank} of {_signs.Length} is gone: no sign of life for {silence.TotalSeconds:0} s; it was killed, or its machine can't be reached";
            if (_isSuspicious) return $"process {rank} of {_signs.Length} ended while others still had to do with it";
        }
        return null;
    }

    private void SeeOthersOff(KeyStore store)
    {
        var end = Environment.TickCount64 + (long)(_failure is null ? Silence : SuspiciousSilence).TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            var gone = _failure is null
                ? Enumerable.Range(0, _signs.Length).Count(rank => store.Has($"{_prefix}left/{rank}"))
                : store.Add(_prefix + "heard", 0);
            if (gone >= _signs.Length || (_failure is null && store.Has(_prefix + "failure"))) return;
            _wake.WaitOne(TimeSpan.FromMilliseconds(50));
        }
    }

    private void Fail(string cause)
    {
        _failure = cause;
        _failed.Cancel();
    }
}
