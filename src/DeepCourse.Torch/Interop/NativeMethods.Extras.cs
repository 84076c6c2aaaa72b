using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>gelu.cpp, gradients.cpp, lstm_sequence.cpp, softmax_rows.cpp, cuda.cpp and the memory order of tensors.</summary>
internal static unsafe partial class NativeMethods
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct CudaMemoryState
    {
        public long Allocated;
        public long PeakAllocated;
        public long Reserved;
        public long PeakReserved;
        public long Allocations;
        public long Free;
        public long Total;
    }

    [LibraryImport(Library)]
    internal static partial int dct_gradient_norm(IntPtr* parameters, long count, double order, double* norm);

    [LibraryImport(Library)]
    internal static partial int dct_clip_gradients(IntPtr* parameters, long count, double limit, double order, double* norm);

    [LibraryImport(Library)]
    internal static partial int dct_unscale_gradients(IntPtr* parameters, long count, double factor, int* found);

    [LibraryImport(Library)]
    internal static partial int dct_gelu(IntPtr input, int tanh, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial int dct_lstm_sequence(IntPtr* arguments, int narrow, IntPtr* results);

    [LibraryImport(Library)]
    internal static partial int dct_softmax_rows(IntPtr logits, IntPtr targets, double scale, long ignored, IntPtr losses);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_set_memory_format(IntPtr tensor, int format);

    [LibraryImport(Library)]
    internal static partial int dct_built_with_cuda();

    [LibraryImport(Library)]
    internal static partial int dct_cuda_memory(int device, CudaMemoryState* memory);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_reset_peak(int device);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_empty_cache();

    [LibraryImport(Library)]
    internal static partial int dct_cuda_stream_new(int device, int highPriority, IntPtr* stream);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_stream_current(int device, IntPtr* stream, int* before);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_stream_free(IntPtr stream);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_stream_use(IntPtr stream, int device);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_stream_synchronize(IntPtr stream);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_graph_new(IntPtr* graph);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_graph_free(IntPtr graph);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_graph_begin(IntPtr graph);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_graph_end(IntPtr graph);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_graph_replay(IntPtr graph);
}
