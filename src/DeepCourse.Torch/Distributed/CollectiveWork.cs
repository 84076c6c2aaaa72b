using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Something that processes do together and that is under way.</summary>
public sealed unsafe class CollectiveWork : IDisposable
{
    private IntPtr handle;

    internal CollectiveWork(IntPtr handle) => this.handle = handle;

    /// <summary>Waits a while.</summary>
    /// <param name="time">At most so long.</param>
    /// <returns>Whether it is done; on a GPU always, for there the stream waits instead of the caller.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">It has failed, for instance because another
    /// process is gone.</exception>
    public bool Wait(TimeSpan time)
    {
        ObjectDisposedException.ThrowIf(handle == IntPtr.Zero, this);
        int done;
        Errors.Check(NativeMethods.dct_work_wait(handle, (long)time.TotalMilliseconds, &done));
        return done != 0;
    }

    /// <summary>Lets go of it; what is under way goes on.</summary>
    public void Dispose()
    {
        if (handle == IntPtr.Zero) return;
        _ = NativeMethods.dct_work_free(handle);
        handle = IntPtr.Zero;
    }
}
