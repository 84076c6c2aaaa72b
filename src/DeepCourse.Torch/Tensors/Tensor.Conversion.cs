using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Moves or converts. A new object comes back even where nothing had to be done, so both may be disposed.
        /// </summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(device, type, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(null, type, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(device, null, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new Device(device), null, copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new Device(deviceType, deviceIndex), null, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) =>
            Convert(other.device, other.dtype, copy: false, disposeAfter: false, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(null, type, copy, disposeAfter, non_blocking);

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor cpu() => Convert(CPU, null, copy: false, disposeAfter: false, nonBlocking: false);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA)
                throw new ArgumentException($"'{device}' is no CUDA device.", nameof(device));
            InitializeDeviceType(DeviceType.CUDA);
            return Convert(device ?? CUDA, null, copy: false, disposeAfter: false, non_blocking);
        }

        public Tensor mps(bool non_blocking = false) => Convert(MPS, null, copy: false, disposeAfter: false, non_blocking);

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        private unsafe Tensor Convert(Device? device, ScalarType? type, bool copy, bool disposeAfter, bool nonBlocking)
        {
            IntPtr result;
            Errors.Check(NativeMethods.dct_tensor_to(
                Handle, device is null ? -1 : (int)device.type, device?.index ?? -1, type is { } t ? (int)t : -1,
                nonBlocking ? (byte)1 : (byte)0, copy ? (byte)1 : (byte)0, &result));
            GC.KeepAlive(this);
            if (disposeAfter) Dispose();
            return Wrap(result);
        }
    }
}
