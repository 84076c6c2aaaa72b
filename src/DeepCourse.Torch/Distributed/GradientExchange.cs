using TorchSharp.Interop;
using TorchSharp.Modules;

namespace DeepCourse.Native;

/// <summary>Adds up the gradients of several processes while backward still computes: they are gathered in buckets, and
/// a full bucket is sent at once.</summary>
/// <remarks>
/// Per batch: <see cref="Begin"/>, backward, <see cref="Finish"/>, <see cref="Wait"/> until it is true,
/// <see cref="Take"/>. Gradients that were there before are part of the sum. All processes must exchange the same
/// parameters equally often.
/// </remarks>
public sealed unsafe class GradientExchange : IDisposable
{
    private IntPtr handle;

    /// <summary>Hooks into the parameters.</summary>
    /// <param name="processes">Who takes part.</param>
    /// <param name="parameters">Leaves that require gradients, in the order in which forward comes to them.</param>
    /// <param name="bucketBytes">The size from which on a bucket is full.</param>
    public GradientExchange(Collectives processes, IReadOnlyList<Parameter> parameters, long bucketBytes = 25 << 20)
    {
        ArgumentNullException.ThrowIfNull(processes);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bucketBytes);
        var handles = new IntPtr[parameters.Count];
        for (var i = 0; i < handles.Length; i++) handles[i] = parameters[i].Handle;
        IntPtr made;
        fixed (IntPtr* start = handles)
            Errors.Check(NativeMethods.dct_exchange_new(processes.Handle, start, handles.Length, bucketBytes, &made));
        GC.KeepAlive(parameters);
        handle = made;
    }

    /// <summary>Whether a process passed a wish to <see cref="Begin"/>; after <see cref="Wait"/>. On a
    /// GPU, asking waits for it.</summary>
    public bool SomebodyWishes
    {
        get
        {
            long wishes;
            Errors.Check(NativeMethods.dct_exchange_wishes(Handle, &wishes));
            return wishes > 0;
        }
    }

    private IntPtr Handle => handle != IntPtr.Zero ? handle : throw new ObjectDisposedException(nameof(GradientExchange));

    /// <summary>Before backward.</summary>
    /// <param name="wish">Something that all shall hear of with the gradients.</param>
    public void Begin(bool wish) => Errors.Check(NativeMethods.dct_exchange_begin(Handle, wish ? 1 : 0));

    /// <summary>After backward: sends the buckets that backward left incomplete.</summary>
    public void Finish() => Errors.Check(NativeMethods.dct_exchange_finish(Handle));

    /// <summary>Waits a while for the sums.</summary>
    /// <param name="time">At most so long.</param>
    /// <returns>Whether all are there.</returns>
    public bool Wait(TimeSpan time)
    {
        int done;
        Errors.Check(NativeMethods.dct_exchange_wait(Handle, (long)time.TotalMilliseconds, &done));
        return done != 0;
    }

    /// <summary>Makes the sums the parameters' gradients; a parameter for which no process had one gets none.</summary>
    public void Take() => Errors.Check(NativeMethods.dct_exchange_take(Handle));

    /// <summary>Silences the hooks and frees the buckets.</summary>
    public void Dispose()
    {
        if (handle == IntPtr.Zero) return;
        _ = NativeMethods.dct_exchange_free(handle);
        handle = IntPtr.Zero;
    }
}
