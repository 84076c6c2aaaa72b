using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>A queue of work on a GPU, taken from libtorch's pool. Throws where the shim was built without CUDA.</summary>
public sealed unsafe class CudaStream : IDisposable
{
    private readonly int device;
    private IntPtr handle;

    /// <summary>Takes a stream.</summary>
    /// <param name="device">The GPU's number.</param>
    /// <param name="highPriority">Whether its work goes before that of others.</param>
    public CudaStream(int device = 0, bool highPriority = false)
    {
        IntPtr created;
        Errors.Check(NativeMethods.dct_cuda_stream_new(device, highPriority ? 1 : 0, &created));
        (this.device, handle) = (device, created);
    }

    /// <summary>Sends this thread's work to the stream until the result is disposed; its device is the current one
    /// meanwhile.</summary>
    /// <returns>Brings back the stream and the device that were current.</returns>
    public IDisposable Use()
    {
        IntPtr before;
        int deviceBefore;
        Errors.Check(NativeMethods.dct_cuda_stream_current(device, &before, &deviceBefore));
        var restoration = new Restoration(before, deviceBefore);
        Errors.Check(NativeMethods.dct_cuda_stream_use(handle, -1));
        return restoration;
    }

    /// <summary>Waits until all its work is done.</summary>
    public void Synchronize() => Errors.Check(NativeMethods.dct_cuda_stream_synchronize(handle));

    /// <summary>Gives the stream back to the pool.</summary>
    public void Dispose()
    {
        if (handle == IntPtr.Zero) return;
        Errors.Check(NativeMethods.dct_cuda_stream_free(handle));
        handle = IntPtr.Zero;
    }

    private sealed class Restoration(IntPtr before, int device) : IDisposable
    {
        private bool done;

        public void Dispose()
        {
            if (done) return;
            done = true;
            Errors.Check(NativeMethods.dct_cuda_stream_use(before, device));
            Errors.Check(NativeMethods.dct_cuda_stream_free(before));
        }
    }
}
