using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Processes that compute together: sums, copies and collections of tensors over all of them, by libtorch's c10d.</summary>
/// <remarks>All processes must ask for the same things in the same order. Nothing here waits: see
/// <see cref="CollectiveWork"/>.</remarks>
public sealed unsafe class Collectives : IDisposable
{
    private IntPtr handle;

    /// <summary>Connects to the other processes, waiting for them.</summary>
    /// <param name="store">By which they find each other.</param>
    /// <param name="name">Keeps several groups in one store apart.</param>
    /// <param name="backend">What moves the data.</param>
    /// <param name="rank">This process, from 0.</param>
    /// <param name="size">How many processes there are.</param>
    /// <param name="patience">After how long a connection or an operation has failed.</param>
    /// <param name="host">An address of this machine by which Gloo is reached; empty for the one that its name stands
    /// for. <c>GLOO_SOCKET_IFNAME</c> in the environment names a network card instead.</param>
    public Collectives(KeyStore store, string name, CollectiveBackend backend, int rank, int size, TimeSpan patience, string host = "")
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, size);
        IntPtr made;
        Errors.Check(NativeMethods.dct_group_new(
            store.Handle, name, backend == CollectiveBackend.Nccl ? 1 : 0, rank, size, (long)patience.TotalMilliseconds, host, &made));
        handle = made;
        Size = size;
    }

    /// <summary>How many processes there are.</summary>
    public int Size { get; }

    internal IntPtr Handle => handle != IntPtr.Zero ? handle : throw new ObjectDisposedException(nameof(Collectives));

    /// <summary>Whether the libtorch that is loaded has a back end.</summary>
    /// <param name="backend">Which one.</param>
    public static bool Has(CollectiveBackend backend) =>
        (NativeMethods.dct_c10d_backends() & (backend == CollectiveBackend.Nccl ? 2 : 1)) != 0;

    /// <summary>Adds a tensor up over all processes, in place.</summary>
    /// <param name="tensor">Contiguous, of the same shape and type everywhere.</param>
    public CollectiveWork Sum(torch.Tensor tensor) => Reduce(tensor, largest: false);

    /// <summary>Takes the largest of each element over all processes, in place.</summary>
    /// <param name="tensor">Contiguous, of the same shape and type everywhere.</param>
    public CollectiveWork Largest(torch.Tensor tensor) => Reduce(tensor, largest: true);

    /// <summary>Copies one process's tensor into those of the others.</summary>
    /// <param name="tensor">Contiguous, of the same shape and type everywhere.</param>
    /// <param name="from">Whose tensor.</param>
    public CollectiveWork Broadcast(torch.Tensor tensor, int from)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        IntPtr work;
        Errors.Check(NativeMethods.dct_group_broadcast(Handle, tensor.Handle, from, &work));
        GC.KeepAlive(tensor);
        return new(work);
    }

    /// <summary>Collects the tensors of all processes.</summary>
    /// <param name="tensor">Contiguous, of the same shape and type everywhere.</param>
    /// <param name="all">Receives them, one of the same shape for each process.</param>
    public CollectiveWork Gather(torch.Tensor tensor, IReadOnlyList<torch.Tensor> all)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(all);
        if (all.Count != Size) throw new ArgumentException($"expected {Size} tensors, one for each process, actual {all.Count}", nameof(all));
        var outputs = stackalloc IntPtr[Size];
        for (var i = 0; i < Size; i++) outputs[i] = all[i].Handle;
        IntPtr work;
        Errors.Check(NativeMethods.dct_group_all_gather(Handle, tensor.Handle, outputs, &work));
        GC.KeepAlive(tensor);
        GC.KeepAlive(all);
        return new(work);
    }

    /// <summary>Leaves the group. Work that waits for this process fails in the others.</summary>
    public void Dispose()
    {
        if (handle == IntPtr.Zero) return;
        _ = NativeMethods.dct_group_free(handle);
        handle = IntPtr.Zero;
    }

    private CollectiveWork Reduce(torch.Tensor tensor, bool largest)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        IntPtr work;
        Errors.Check(NativeMethods.dct_group_all_reduce(Handle, tensor.Handle, largest ? 1 : 0, &work));
        GC.KeepAlive(tensor);
        return new(work);
    }
}
