using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => new(DeviceType.CUDA);

    public static Device MPS => new(DeviceType.MPS);

    /// <summary>Where a tensor lives: a kind of device and, for accelerators, which one.</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            // The CPU is one device; an accelerator without a number is the first one.
            this.index = index == -1 && deviceType == DeviceType.CUDA ? 0 : index;
        }

        public Device(string deviceType, int index = -1) : this(Parse(deviceType, index))
        {
        }

        public Device(string description) : this(Parse(description, -1))
        {
        }

        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        private Device((DeviceType Type, int Index) parsed) : this(parsed.Type, parsed.Index)
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        public override string ToString() =>
            type is DeviceType.CPU or DeviceType.META or DeviceType.MPS || index < 0
                ? Name(type)
                : $"{Name(type)}:{index}";

        public static implicit operator Device(string description) => new(description);

        internal bool Matches(DeviceType otherType, int otherIndex) =>
            type == otherType && (type != DeviceType.CUDA || index == otherIndex);

        [SuppressMessage("Globalization", "CA1308", Justification = "PyTorch writes device names in lower case.")]
        private static string Name(DeviceType type) => type.ToString().ToLowerInvariant();

        private static (DeviceType, int) Parse(string description, int index)
        {
            var parts = description.Split(':');
            if (parts.Length > 2 || !Enum.TryParse<DeviceType>(parts[0], ignoreCase: true, out var type) || char.IsDigit(parts[0][0]))
                throw new ArgumentException($"'{description}' is no device; write 'cpu', 'cuda' or 'cuda:1'.", nameof(description));
            if (parts.Length == 1) return (type, index);
            if (!int.TryParse(parts[1], out var number) || number < 0)
                throw new ArgumentException($"'{description}' has no device number after the colon.", nameof(description));
            return (type, number);
        }
    }

    private static Device defaultDevice = CPU;
    private static ScalarType defaultType = ScalarType.Float32;

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(string description) => new(description);

    public static Device device(int index) => new(index);

    public static Device get_default_device() => defaultDevice;

    public static void set_default_device(Device device) => defaultDevice = device;

    public static void set_default_device(string device) => defaultDevice = new Device(device);

    public static ScalarType get_default_dtype() => defaultType;

    public static void set_default_dtype(ScalarType dtype)
    {
        if (dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"Only floating-point types can be the default, not {dtype}.", nameof(dtype));
        Interop.Errors.Check(Interop.NativeMethods.dct_set_default_dtype((sbyte)dtype));
        defaultType = dtype;
    }

    public static void set_default_tensor_type(Tensor t) => set_default_dtype(t.dtype);

    public static Device InitializeDevice(Device? device)
    {
        device ??= defaultDevice;
        InitializeDeviceType(device.type);
        return device;
    }

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CPU or DeviceType.META => true,
        DeviceType.CUDA => cuda.is_available(),
        _ => false,
    };

    public static string __version__ =>
        System.Runtime.InteropServices.Marshal.PtrToStringUTF8(LibTorchVersion()) ?? "";

    private static unsafe IntPtr LibTorchVersion() => (IntPtr)Interop.NativeMethods.dct_version();
}
