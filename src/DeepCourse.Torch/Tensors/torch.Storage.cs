using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The memory behind a tensor as one row of elements, whatever shape and strides the tensor has.</summary>
    public abstract class Storage
    {
        protected Tensor _tensor;
        protected IntPtr _tensor_data_ptr;

        protected Storage(Tensor tensor) : this(tensor, tensor.Metadata().Data)
        {
        }

        protected Storage(Tensor tensor, IntPtr data_ptr) => (_tensor, _tensor_data_ptr) = (tensor, data_ptr);

        public abstract int element_size();

        public IntPtr data_ptr() => _tensor_data_ptr;

        public ulong nbytes() => (ulong)(element_size() * _tensor.numel());

        public Storage<bool> @bool() => As<bool>();

        public Storage<byte> @byte() => As<byte>();

        public Storage<int> @int() => As<int>();

        public Storage<long> @long() => As<long>();

        public Storage<float> @float() => As<float>();

        public Storage<double> @double() => As<double>();

        public Storage<(float, float)> complex_float() => As<(float, float)>();

        public Storage<Complex> complex_double() => As<Complex>();

        private Storage<T> As<T>() where T : unmanaged => new(_tensor.to(ElementTypes.Of<T>(), copy: true));
    }

    /// <summary>The elements in memory; what is written here is seen by every tensor over it.</summary>
    public sealed class Storage<T> : Storage, IDisposable, IEnumerable<T> where T : unmanaged
    {
        internal Storage(Tensor row) : base(row) => row.DetachFromDisposeScope();

        public int Count => checked((int)_tensor.numel());

        public bool IsReadOnly => false;

        public Device device => _tensor.device;

        public T this[int index]
        {
            get
            {
                using var element = _tensor.narrow(0, Within(index), 1);
                return element.item<T>();
            }
            set
            {
                using var target = _tensor.narrow(0, Within(index), 1);
                Write(target, [value]);
            }
        }

        /// <summary>Some of the elements, over the same memory.</summary>
        public Storage<T> this[Range range]
        {
            get
            {
                var (start, length) = range.GetOffsetAndLength(Count);
                return new(_tensor.narrow(0, start, length));
            }
            set
            {
                using var target = this[range];
                using var quiet = no_grad();
                target._tensor.copy_(value._tensor);
            }
        }

        /// <summary>Some of the elements, over the same memory.</summary>
        public Storage<T> this[(int? start, int? end) range]
        {
            get => this[Plain(range)];
            set => this[Plain(range)] = value;
        }

        public static implicit operator Storage<T>(T value) => new(FromSpan<T>([value], [1], null, CPU, false));

        public override int element_size() => Unsafe.SizeOf<T>();

        public void fill_(T value)
        {
            using var target = _tensor.alias();
            Write(target, [value]);
        }

        public void copy_(IList<T> array) => CopyFrom(array, 0);

        /// <summary>Overwrites the elements from an index on.</summary>
        public void CopyFrom(IList<T> array, int arrayIndex)
        {
            using var target = _tensor.narrow(0, arrayIndex, array.Count);
            Write(target, [.. array]);
        }

        public void CopyTo(IList<T> array, int arrayIndex)
        {
            foreach (var element in ToArray()) array[arrayIndex++] = element;
        }

        public T[] ToArray()
        {
            using var here = _tensor.cpu();
            return here.data<T>().ToArray();
        }

        public IList<T> tolist() => ToArray();

        public bool Contains(T item) => IndexOf(item) >= 0;

        public int IndexOf(T item) => Array.IndexOf(ToArray(), item);

        public Storage<T> cpu() => new(_tensor.cpu());

        public Storage<T> cuda(Device device = null!) => new(_tensor.cuda(device));

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _tensor.Dispose();

        private int Within(int index) => index >= 0 && index < Count
            ? index
            : throw new IndexOutOfRangeException($"Element {index} of a storage with {Count} elements.");

        private Range Plain((int? start, int? end) range) => (range.start ?? 0)..(range.end ?? Count);

        private static void Write(Tensor target, T[] values)
        {
            using var source = FromSpan<T>(values, [values.Length], null, CPU, false);
            using var quiet = no_grad();
            target.copy_(source);
        }
    }

    public partial class Tensor
    {
        /// <summary>All of the memory that this tensor lies in, also what lies before and behind its own elements.</summary>
        public Storage<T> storage<T>() where T : unmanaged
        {
            ElementTypes.Check<T>(dtype);
            long bytes;
            unsafe
            {
                Errors.Check(NativeMethods.dct_tensor_storage_bytes(Handle, &bytes));
            }
            using var plain = Aten.detach(this);
            return new(plain.as_strided([bytes / Unsafe.SizeOf<T>()], [1]));
        }
    }
}
