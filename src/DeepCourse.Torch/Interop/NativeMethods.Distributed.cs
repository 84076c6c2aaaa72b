using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>c10d.cpp and gradient_exchange.cpp.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int dct_c10d_backends();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int dct_store_open(string host, int port, int serves, long milliseconds, IntPtr* store);

    [LibraryImport(Library)]
    internal static partial int dct_store_free(IntPtr store);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int dct_store_set(IntPtr store, string key, byte* text, long length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int dct_store_get(IntPtr store, string key, byte* text, long capacity, long* length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int dct_store_check(IntPtr store, string key, int* found);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int dct_store_add(IntPtr store, string key, long amount, long* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int dct_group_new(
        IntPtr store, string prefix, int nccl, int rank, int size, long milliseconds, string host, IntPtr* group);

    [LibraryImport(Library)]
    internal static partial int dct_group_free(IntPtr group);

    [LibraryImport(Library)]
    internal static partial int dct_group_all_reduce(IntPtr group, IntPtr tensor, int largest, IntPtr* work);

    [LibraryImport(Library)]
    internal static partial int dct_group_broadcast(IntPtr group, IntPtr tensor, int from, IntPtr* work);

    [LibraryImport(Library)]
    internal static partial int dct_group_all_gather(IntPtr group, IntPtr tensor, IntPtr* outputs, IntPtr* work);

    [LibraryImport(Library)]
    internal static partial int dct_work_wait(IntPtr work, long milliseconds, int* done);

    [LibraryImport(Library)]
    internal static partial int dct_work_free(IntPtr work);

    [LibraryImport(Library)]
    internal static partial int dct_exchange_new(IntPtr group, IntPtr* parameters, long count, long bytes, IntPtr* exchange);

    [LibraryImport(Library)]
    internal static partial int dct_exchange_free(IntPtr exchange);

    [LibraryImport(Library)]
    internal static partial int dct_exchange_begin(IntPtr exchange, int wish);

    [LibraryImport(Library)]
    internal static partial int dct_exchange_finish(IntPtr exchange);

    [LibraryImport(Library)]
    internal static partial int dct_exchange_wait(IntPtr exchange, long milliseconds, int* done);

    [LibraryImport(Library)]
    internal static partial int dct_exchange_take(IntPtr exchange);

    [LibraryImport(Library)]
    internal static partial int dct_exchange_wishes(IntPtr exchange, long* wishes);
}
