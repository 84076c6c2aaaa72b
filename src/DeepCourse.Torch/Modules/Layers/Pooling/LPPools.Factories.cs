using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static LPPool1d LPPool1d(
            double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
            new(norm_type, kernel_size, stride, ceil_mode);

        public static LPPool2d LPPool2d(
            double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
            new(norm_type, Dimensions.Of(kernel_size, 2), Dimensions.Of(stride, 2), ceil_mode);

        public static LPPool2d LPPool2d(
            double norm_type, long[] kernel_size, long[] stride = null!, bool ceil_mode = false) =>
            new(norm_type, kernel_size, stride, ceil_mode);
    }
}
