using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public torch.ScalarType dtype
        {
            get
            {
                var type = (ScalarType)NativeMethods.dct_tensor_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        public long Dimensions => ndim;

        public long ndim
        {
            get
            {
                var rank = NativeMethods.dct_tensor_rank(Handle);
                GC.KeepAlive(this);
                return rank;
            }
        }

        public long dim() => ndim;

        public long NumberOfElements => Metadata().ElementCount;

        public long numel() => Metadata().ElementCount;

        public long ElementSize => Metadata().ElementSize;

        public long element_size() => Metadata().ElementSize;

        public long[] shape => size();

        public unsafe long[] size()
        {
            var sizes = new long[ndim];
            fixed (long* pointer = sizes) Errors.Check(NativeMethods.dct_tensor_sizes(Handle, pointer, null));
            GC.KeepAlive(this);
            return sizes;
        }

        public unsafe long size(int dim)
        {
            var rank = (int)ndim;
            var index = dim < 0 ? dim + rank : dim;
            if (index < 0 || index >= rank)
                throw new IndexOutOfRangeException(
                    $"Dimension {dim} is out of range for a tensor of shape [{string.Join(", ", shape)}].");
            var sizes = stackalloc long[rank];
            Errors.Check(NativeMethods.dct_tensor_sizes(Handle, sizes, null));
            GC.KeepAlive(this);
            return sizes[index];
        }

        public unsafe long[] stride()
        {
            var sizes = new long[ndim];
            var strides = new long[sizes.Length];
            fixed (long* sizePointer = sizes, stridePointer = strides)
                Errors.Check(NativeMethods.dct_tensor_sizes(Handle, sizePointer, stridePointer));
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public unsafe long storage_offset()
        {
            long offset;
            Errors.Check(NativeMethods.dct_tensor_storage_offset(Handle, &offset));
            GC.KeepAlive(this);
            return offset;
        }

        public Device device
        {
            get
            {
                var metadata = Metadata();
                return (DeviceType)metadata.DeviceType == DeviceType.CPU
                    ? CPU
                    : new Device((DeviceType)metadata.DeviceType, metadata.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Metadata().DeviceType;

        public int device_index => Metadata().DeviceIndex;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Metadata().IsSparse;

        public bool is_leaf => Metadata().IsLeaf;

        public bool is_contiguous() => Metadata().IsContiguous;

        public bool is_floating_point() =>
            dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

        public bool is_complex() => dtype is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

        public bool is_integral() =>
            dtype is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

        /// <summary>A name for people; libtorch does not know it.</summary>
        public string? name { get; set; }

        internal unsafe NativeMethods.Metadata Metadata()
        {
            NativeMethods.Metadata metadata;
            Errors.Check(NativeMethods.dct_tensor_metadata(Handle, &metadata));
            GC.KeepAlive(this);
            return metadata;
        }

        /// <summary>What stays the same when a tensor is wrapped twice.</summary>
        internal IntPtr Identity
        {
            get
            {
                var identity = NativeMethods.dct_tensor_identity(Handle);
                GC.KeepAlive(this);
                return identity;
            }
        }
    }

    public static bool is_tensor(object obj) => obj is Tensor;
}
