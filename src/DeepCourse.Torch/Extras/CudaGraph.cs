using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Work on a GPU that is recorded once and then launched as a whole. Throws where the shim was built without
/// CUDA.</summary>
/// <remarks>What is recorded does not happen then; it happens at each <see cref="Replay"/>, on the very memory that the
/// recording saw. The host must not wait for the GPU while it is recorded.</remarks>
public sealed unsafe class CudaGraph : IDisposable
{
    private IntPtr handle;

    /// <summary>Makes an empty graph.</summary>
    public CudaGraph()
    {
        IntPtr created;
        Errors.Check(NativeMethods.dct_cuda_graph_new(&created));
        handle = created;
    }

    private IntPtr Handle => handle != IntPtr.Zero ? handle : throw new ObjectDisposedException(nameof(CudaGraph));

    /// <summary>Begins to record what this thread sends to the GPU; its stream must not be the default one.</summary>
    public void Begin() => Errors.Check(NativeMethods.dct_cuda_graph_begin(Handle));

    /// <summary>Ends the recording.</summary>
    public void End() => Errors.Check(NativeMethods.dct_cuda_graph_end(Handle));

    /// <summary>Does what was recorded.</summary>
    public void Replay() => Errors.Check(NativeMethods.dct_cuda_graph_replay(Handle));

    /// <summary>Frees the graph; the memory of what was made in it goes back to the allocator.</summary>
    public void Dispose()
    {
        if (handle == IntPtr.Zero) return;
        Errors.Check(NativeMethods.dct_cuda_graph_free(handle));
        handle = IntPtr.Zero;
    }
}
