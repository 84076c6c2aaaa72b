using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>random.cpp: generators are at::Generator*.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int dct_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int dct_generator_default(int deviceType, int deviceIndex, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial int dct_generator_new(ulong seed, int deviceType, int deviceIndex, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial void dct_generator_free(IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int dct_generator_set_seed(IntPtr generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial int dct_generator_seed(IntPtr generator, ulong* result);

    [LibraryImport(Library)]
    internal static partial int dct_generator_initial_seed(IntPtr generator, ulong* result);

    [LibraryImport(Library)]
    internal static partial int dct_generator_device(IntPtr generator, int* deviceType, int* deviceIndex);

    [LibraryImport(Library)]
    internal static partial int dct_generator_get_state(IntPtr generator, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial int dct_generator_set_state(IntPtr generator, IntPtr state);
}
