using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>runtime.cpp: global settings and accelerators.</summary>
internal static unsafe partial class NativeMethods
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct AutocastState
    {
        public int Enabled;
        public int DType;
        public int Cached;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct HostMemoryState
    {
        public long InUse;
        public long Peak;
        public long Kept;
        public long Allocations;
    }

    [LibraryImport(Library)]
    internal static partial void dct_host_memory(HostMemoryState* state);

    [LibraryImport(Library)]
    internal static partial void dct_host_reset_peak();

    [LibraryImport(Library)]
    internal static partial void dct_host_empty_cache();

    [LibraryImport(Library)]
    internal static partial int dct_get_threads();

    [LibraryImport(Library)]
    internal static partial int dct_get_interop_threads();

    [LibraryImport(Library)]
    internal static partial int dct_set_threads(int count);

    [LibraryImport(Library)]
    internal static partial int dct_set_default_dtype(sbyte type);

    [LibraryImport(Library)]
    internal static partial int dct_set_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int dct_autocast_get(int deviceType, AutocastState* state);

    [LibraryImport(Library)]
    internal static partial int dct_autocast_set(int deviceType, AutocastState* state);

    [LibraryImport(Library)]
    internal static partial void dct_autocast_enter();

    [LibraryImport(Library)]
    internal static partial int dct_autocast_leave();

    [LibraryImport(Library)]
    internal static partial int dct_autocast_clear_cache();

    [LibraryImport(Library)]
    internal static partial int dct_switch_get(BackendSwitch number, int* value);

    [LibraryImport(Library)]
    internal static partial int dct_switch_set(BackendSwitch number, int value);

    [LibraryImport(Library)]
    internal static partial int dct_describe(int topic, byte* text, long capacity, long* length);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_count(int* count);

    [LibraryImport(Library)]
    internal static partial int dct_cudnn_available(int* available);

    [LibraryImport(Library)]
    internal static partial int dct_cuda_synchronize(int deviceIndex);
}
