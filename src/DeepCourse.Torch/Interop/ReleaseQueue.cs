using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace TorchSharp.Interop;

/// <summary>
/// Handles that finalizers found. The finalizer thread only queues them: freeing a tensor there, while other
/// threads compute, is what has corrupted heaps. Threads that make tensors drain the queue as they go.
/// </summary>
internal static unsafe class ReleaseQueue
{
    private static readonly ConcurrentQueue<IntPtr> handles = new();
    private static int waiting;

    internal static void Add(IntPtr handle)
    {
        handles.Enqueue(handle);
        Volatile.Write(ref waiting, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Drain()
    {
        if (waiting != 0) DrainNow();
    }

    /// <summary>Frees everything a scope held, tensors in bulk.</summary>
    internal static void FreeAll(List<IDisposable?> items)
    {
        const int size = 128;
        var batch = stackalloc IntPtr[size];
        var count = 0;
        foreach (var item in items)
        {
            if (item is torch.Tensor tensor)
            {
                var handle = tensor.TakeHandleFromScope();
                if (handle == IntPtr.Zero) continue;
                batch[count++] = handle;
                if (count < size) continue;
                NativeMethods.dct_tensor_free_many(batch, count);
                count = 0;
            }
            else if (item is not null)
            {
                if (item is IScoped scoped) scoped.Slot = default;
                item.Dispose();
            }
        }
        if (count > 0) NativeMethods.dct_tensor_free_many(batch, count);
    }

    private static void DrainNow()
    {
        Volatile.Write(ref waiting, 0);
        const int size = 256;
        var batch = stackalloc IntPtr[size];
        int count;
        do
        {
            count = 0;
            while (count < size && handles.TryDequeue(out var handle)) batch[count++] = handle;
            if (count > 0) NativeMethods.dct_tensor_free_many(batch, count);
        }
        while (count == size);
    }
}
