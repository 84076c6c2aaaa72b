using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>What libtorch's allocator holds on one GPU, in bytes.</summary>
/// <param name="Allocated">Held by tensors.</param>
/// <param name="PeakAllocated">The most that tensors have held since the last reset.</param>
/// <param name="Reserved">Taken from the driver, for tensors now or later.</param>
/// <param name="PeakReserved">The most that was taken since the last reset.</param>
/// <param name="Allocations">How many tensors' memories were ever asked for.</param>
/// <param name="Free">Free on the device, for anybody.</param>
/// <param name="Total">The device's memory.</param>
public readonly record struct CudaMemoryUse(
    long Allocated, long PeakAllocated, long Reserved, long PeakReserved, long Allocations, long Free, long Total);

/// <summary>The memory of GPUs. Every call throws where the shim was built without CUDA.</summary>
public static unsafe class CudaMemory
{
    /// <summary>Whether the shim was compiled against a libtorch with CUDA.</summary>
    public static bool IsSupported => NativeMethods.dct_built_with_cuda() != 0;

    /// <summary>Asks libtorch's allocator and the driver.</summary>
    /// <param name="device">The GPU's number.</param>
    /// <returns>Bytes in use now and at most.</returns>
    public static CudaMemoryUse Statistics(int device = 0)
    {
        NativeMethods.CudaMemoryState state;
        Errors.Check(NativeMethods.dct_cuda_memory(device, &state));
        return new(
            state.Allocated, state.PeakAllocated, state.Reserved, state.PeakReserved, state.Allocations, state.Free, state.Total);
    }

    /// <summary>Lets the peaks start again from what is in use now.</summary>
    /// <param name="device">The GPU's number.</param>
    public static void ResetPeak(int device = 0) => Errors.Check(NativeMethods.dct_cuda_reset_peak(device));

    /// <summary>Gives memory that no tensor uses back to the driver.</summary>
    public static void EmptyCache() => Errors.Check(NativeMethods.dct_cuda_empty_cache());
}
