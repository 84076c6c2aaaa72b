using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The GPUs that this libtorch can use.</summary>
    public static unsafe class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count()
        {
            int count;
            // A driver that does not answer means that there is no GPU to use, as in PyTorch.
            return NativeMethods.dct_cuda_count(&count) == 0 ? count : 0;
        }

        public static bool is_cudnn_available()
        {
            int available;
            return NativeMethods.dct_cudnn_available(&available) == 0 && available != 0;
        }

        /// <summary>Seeds the first GPU's generator; without a GPU there is nothing to seed.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available()) Seed(0, seed);
        }

        public static void manual_seed_all(long seed)
        {
            var count = device_count();
            for (var index = 0; index < count; index++) Seed(index, seed);
        }

        /// <summary>Waits until the GPU has done all that was asked of it.</summary>
        public static void synchronize(Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CUDA)
                throw new ArgumentException($"There is nothing to wait for on '{device}'; synchronize takes a CUDA device.", nameof(device));
            Errors.Check(NativeMethods.dct_cuda_synchronize(device?.index ?? -1));
        }

        private static void Seed(int index, long seed)
        {
            using var generator = Generator.DefaultOf(new Device(DeviceType.CUDA, index));
            generator.manual_seed(seed);
        }
    }
}
