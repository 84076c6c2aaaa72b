using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>What tensors on the CPU hold, in bytes.</summary>
/// <param name="InUse">Held by tensors.</param>
/// <param name="PeakInUse">The most that tensors have held since the last reset.</param>
/// <param name="Kept">Held by no tensor and kept for the next one.</param>
/// <param name="Allocations">How many tensors' memories were ever asked for.</param>
public readonly record struct HostMemoryUse(long InUse, long PeakInUse, long Kept, long Allocations);

/// <summary>The memory of tensors on the CPU.</summary>
/// <remarks>
/// Blocks of 64 kB and more that a tensor leaves are kept for the next tensor of about that size, up to an eighth of the
/// machine's memory: a step of a training asks for what the step before has just left, and getting it from the system
/// again costs a page fault for every 4 kB. The environment variable <c>DEEPCOURSE_KEPT_MEMORY</c> sets another limit in
/// megabytes, 0 keeps nothing, and <c>off</c> leaves libtorch's own allocator in place, so that nothing is counted
/// here.
/// </remarks>
public static unsafe class HostMemory
{
    /// <summary>What is held now.</summary>
    public static HostMemoryUse Statistics
    {
        get
        {
            NativeMethods.HostMemoryState state;
            NativeMethods.dct_host_memory(&state);
            return new(state.InUse, state.Peak, state.Kept, state.Allocations);
        }
    }

    /// <summary>Lets the peak start again from what is in use now.</summary>
    public static void ResetPeak() => NativeMethods.dct_host_reset_peak();

    /// <summary>Gives memory that no tensor uses back to the system.</summary>
    public static void EmptyCache() => NativeMethods.dct_host_empty_cache();
}
