using System.Numerics;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements of a CPU tensor as managed values, in the order of its indices.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ReadCount.Add();
            ElementTypes.Check<T>(dtype);
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            return new TensorAccessor<T>(this);
        }

        /// <summary>The value of a tensor with one element.</summary>
        public unsafe T item<T>() where T : unmanaged
        {
            ReadCount.Add();
            var metadata = Metadata();
            if (metadata.ElementCount != 1)
                throw new ArgumentException(
                    $"Number of elements in the tensor must be 1, but its shape is [{string.Join(", ", shape)}].");
            ElementTypes.Check<T>((ScalarType)metadata.DType);
            if (metadata.DeviceType == (int)DeviceType.CPU && metadata.Data != IntPtr.Zero)
            {
                var value = *(T*)metadata.Data;
                GC.KeepAlive(this);
                return value;
            }
            using var here = cpu();
            return *(T*)here.Metadata().Data;
        }

        public unsafe Scalar ToScalar()
        {
            ReadCount.Add();
            long integer;
            double real, imaginary;
            int kind;
            Errors.Check(NativeMethods.dct_tensor_item(Handle, &integer, &real, &imaginary, &kind));
            GC.KeepAlive(this);
            return kind switch { 0 => integer, 1 => real, 2 => integer != 0, _ => new Complex(real, imaginary) };
        }

        /// <summary>The raw bytes of a contiguous CPU tensor.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                ReadCount.Add();
                var metadata = RawMemory();
                var length = checked((int)(metadata.ElementCount * metadata.ElementSize));
                return length == 0 ? [] : new Span<byte>((void*)metadata.Data, length);
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException($"{value.Length} bytes do not fill a tensor of {target.Length} bytes.", nameof(value));
                value.CopyTo(target);
            }
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            foreach (var part in RawParts()) stream.Write(part.Span);
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            foreach (var part in RawParts()) stream.ReadExactly(part.Span);
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            using var accessor = data<T>();
            return accessor.AtLinear(i);
        }

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        public float ReadCpuBFloat16(long i) => ReadCpuValue<BFloat16>(i).ToSingle();

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        private NativeMethods.Metadata RawMemory()
        {
            var metadata = Metadata();
            if (metadata.DeviceType != (int)DeviceType.CPU)
                throw new InvalidOperationException("The bytes of a tensor can be reached on the CPU only; call cpu() first.");
            if (!metadata.IsContiguous)
                throw new InvalidOperationException("The bytes of a strided tensor are not in order; call contiguous() first.");
            return metadata;
        }

        /// <summary>The raw memory in pieces that fit a Span, however large the tensor.</summary>
        private IEnumerable<NativeMemory> RawParts()
        {
            var metadata = RawMemory();
            var remaining = metadata.ElementCount * metadata.ElementSize;
            const int largest = 1 << 26;
            for (long offset = 0; remaining > 0;)
            {
                var length = (int)Math.Min(remaining, largest);
                yield return new NativeMemory(metadata.Data + (nint)offset, length);
                offset += length;
                remaining -= length;
            }
            GC.KeepAlive(this);
        }

        private readonly record struct NativeMemory(IntPtr Start, int Length)
        {
            internal unsafe Span<byte> Span => new((void*)Start, Length);
        }
    }
}
