using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Interop;

/// <summary>The shim's exports as they are; everything else goes through <see cref="Operator"/>.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "deepcourse_torch";

    [StructLayout(LayoutKind.Sequential)]
    internal struct Metadata
    {
        public long ElementCount;
        public IntPtr Data;
        public int DType;
        public int DeviceType;
        public int DeviceIndex;
        public int Rank;
        public int Flags;
        public int ElementSize;

        public readonly bool RequiresGrad => (Flags & 1) != 0;
        public readonly bool IsLeaf => (Flags & 2) != 0;
        public readonly bool IsContiguous => (Flags & 4) != 0;
        public readonly bool IsSparse => (Flags & 8) != 0;
    }

    [LibraryImport(Library)]
    internal static partial byte* dct_last_error(int full);

    [LibraryImport(Library)]
    internal static partial byte* dct_version();

    [LibraryImport(Library)]
    internal static partial int dct_operation_find(byte* name, byte* overload, IntPtr* operation);

    [LibraryImport(Library)]
    internal static partial int dct_operation_schema(IntPtr operation, byte** schema);

    [LibraryImport(Library)]
    internal static partial int dct_call(IntPtr operation, Argument* arguments, int count, Argument* results, int resultCount);

    [LibraryImport(Library)]
    internal static partial void dct_free(void* memory);

    [LibraryImport(Library)]
    internal static partial void dct_tensor_free(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial void dct_tensor_free_many(IntPtr* tensors, int count);

    [LibraryImport(Library)]
    internal static partial IntPtr dct_tensor_alias(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_metadata(IntPtr tensor, Metadata* result);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_sizes(IntPtr tensor, long* sizes, long* strides);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int dct_tensor_rank(IntPtr tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int dct_tensor_dtype(IntPtr tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int dct_tensor_requires_grad(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_storage_offset(IntPtr tensor, long* offset);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_storage_bytes(IntPtr tensor, long* bytes);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial IntPtr dct_tensor_identity(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_from_memory(void* data, long* sizes, int rank, int dtype, byte pinned, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_borrow(
        void* data, long* sizes, int rank, int dtype, delegate* unmanaged<void*, void> release, void* context, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_set_requires_grad(IntPtr tensor, byte value);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_grad(IntPtr tensor, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_set_grad(IntPtr tensor, IntPtr gradient);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_retain_grad(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_backward(IntPtr tensor, IntPtr gradient, byte retainGraph, byte createGraph);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_to(
        IntPtr tensor, int deviceType, int deviceIndex, int dtype, byte nonBlocking, byte copy, IntPtr* result);

    [LibraryImport(Library)]
    internal static partial int dct_tensor_item(IntPtr tensor, long* integer, double* real, double* imaginary, int* kind);
}
