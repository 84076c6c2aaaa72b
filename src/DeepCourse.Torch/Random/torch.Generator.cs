using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers on one device. Equal seeds give PyTorch's numbers.</summary>
    public unsafe class Generator : IDisposable
    {
        private IntPtr handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            device ??= CPU;
            IntPtr created;
            Errors.Check(NativeMethods.dct_generator_new(seed, (int)device.type, device.index, &created));
            handle = created;
            this.device = device;
        }

        private Generator(IntPtr handle)
        {
            this.handle = handle;
            int type, index;
            Errors.Check(NativeMethods.dct_generator_device(handle, &type, &index));
            device = new Device((DeviceType)type, index);
        }

        ~Generator() => Dispose(false);

        /// <summary>The one that operations on the CPU use when none is given.</summary>
        public static Generator Default => DefaultOf(CPU);

        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new ObjectDisposedException(nameof(Generator));

        public Device device { get; }

        internal static Generator DefaultOf(Device device)
        {
            IntPtr standard;
            Errors.Check(NativeMethods.dct_generator_default((int)device.type, device.index, &standard));
            return new Generator(standard);
        }

        public Tensor get_state()
        {
            IntPtr state;
            Errors.Check(NativeMethods.dct_generator_get_state(Handle, &state));
            GC.KeepAlive(this);
            return Tensor.Wrap(state);
        }

        public void set_state(Tensor value)
        {
            Errors.Check(NativeMethods.dct_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            Errors.Check(NativeMethods.dct_generator_set_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Takes a seed nobody can predict, and tells it.</summary>
        public long seed()
        {
            ulong result;
            Errors.Check(NativeMethods.dct_generator_seed(Handle, &result));
            GC.KeepAlive(this);
            return (long)result;
        }

        public long initial_seed()
        {
            ulong result;
            Errors.Check(NativeMethods.dct_generator_initial_seed(Handle, &result));
            GC.KeepAlive(this);
            return (long)result;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == IntPtr.Zero) return;
            NativeMethods.dct_generator_free(handle);
            handle = IntPtr.Zero;
        }
    }
}
