using System.Runtime.InteropServices;
using DeepCourse.Native;

namespace DeepCourse.Distributed;

/// <summary>How this process reaches the others: the store, the collectives, and the watch over who is alive.</summary>
internal sealed class ProcessConnection : IDisposable
{
    // After so long without an answer an operation has failed, though all processes are alive.
    private static readonly TimeSpan OperationPatience = TimeSpan.FromMinutes(30);

    // How long a wait lasts before it looks whether there still is somebody to wait for.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly KeyStore _store;
    private readonly FailureWatch _watch;
    private readonly Collectives _collectives;

    public ProcessConnection(ProcessPlace place, torch.Device device, TimeSpan patience)
    {
        var backend = device.type == DeviceType.CUDA ? CollectiveBackend.Nccl : CollectiveBackend.Gloo;
        if (!Collectives.Has(backend))
            throw new PlatformNotSupportedException($"this libtorch was built without {backend}, which processes on {device} need");
        _store = Rendezvous.Open(place, serves: place.IsFirst && !place.StoreIsKept, patience);
        try
        {
            Rendezvous.Meet(_store, place, patience);
            _watch = new FailureWatch(() => Rendezvous.Open(place, serves: false, patience), place);
            // Between processes of one machine nothing needs to know the machine's name, which may not resolve.
            var host = place.IsLocal ? "127.0.0.1" : "";
            _collectives = Translate(() => new Collectives(
                _store, Rendezvous.Prefix(place) + "group", backend, place.Rank, place.WorldSize, OperationPatience, host));
        }
        catch
        {
            _watch?.Dispose();
            _store.Dispose();
            throw;
        }
    }

    public string? Failure => _watch.Failure;

    public CancellationToken Failed => _watch.Failed;

    public void Announce(string cause) => _watch.Announce(cause);

    public void Sum(Tensor tensor) => Complete(() => _collectives.Sum(tensor));

    public void Largest(Tensor tensor) => Complete(() => _collectives.Largest(tensor));

    public void Broadcast(Tensor tensor, int from) => Complete(() => _collectives.Broadcast(tensor, from));

    public void Gather(Tensor tensor, Tensor[] all) => Complete(() => _collectives.Gather(tensor, all));

    public GradientBuckets Hook(IReadOnlyList<Parameter> parameters, long bytes) =>
        new(this, new GradientExchange(_collectives, parameters, bytes));

    /// <summary>Waits for something that other processes take part in, as long as they live.</summary>
    /// <param name="wait">Waits a while; says whether it is done.</param>
    public void Wait(Func<TimeSpan, bool> wait)
    {
        _watch.ThrowIfFailed();
        Translate(() =>
        {
            while (!wait(Glance)) _watch.ThrowIfFailed();
        });
    }

    /// <summary>Does something that other processes take part in; says which of them broke it off.</summary>
    public void Translate(Action action) => Translate(() =>
    {
        action();
        return true;
    });

    public void Dispose()
    {
        // The others may still wait for what this process had its part in: connections close when all are done.
        _watch.Leave();
        _collectives.Dispose();
        _watch.Dispose();
        _store.Dispose();
    }

    private T Translate<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ExternalException broken)
        {
            // A connection that breaks is the first sign of a process that is gone; who it was shows a little later.
            if (_watch.AwaitCause() is { } cause) throw new ProcessFailureException(cause, broken);
            throw new ProcessFailureException($"an operation of all processes failed here: {broken.Message}", broken) { IsOwn = true };
        }
    }

    private void Complete(Func<CollectiveWork> start)
    {
        _watch.ThrowIfFailed();
        using var work = Translate(start);
        Wait(work.Wait);
    }
}
