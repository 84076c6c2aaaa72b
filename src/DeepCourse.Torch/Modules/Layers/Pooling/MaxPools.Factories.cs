using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static MaxPool1d MaxPool1d(
            long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
            bool ceil_mode = false) =>
            new(kernel_size, stride, padding, dilation, ceil_mode);

        public static MaxPool2d MaxPool2d(
            (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
            (long, long)? dilation = null, bool ceil_mode = false) =>
            new(Dimensions.Of(kernel_size), Dimensions.Of(stride), Dimensions.Of(padding), Dimensions.Of(dilation),
                ceil_mode);

        public static MaxPool2d MaxPool2d(
            long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
            bool ceil_mode = false) =>
            new(Dimensions.Of(kernel_size, 2), Dimensions.Of(stride, 2), Dimensions.Of(padding, 2),
                Dimensions.Of(dilation, 2), ceil_mode);

        public static MaxPool2d MaxPool2d(
            long[] kernel_size, long[] stride = null!, long[] padding = null!, long[] dilation = null!,
            bool ceil_mode = false) =>
            new(kernel_size, stride, padding, dilation, ceil_mode);

        public static MaxPool3d MaxPool3d(
            (long, long, long) kernel_size, (long, long, long)? stride = null, (long, long, long)? padding = null,
            (long, long, long)? dilation = null, bool ceil_mode = false) =>
            new(Dimensions.Of(kernel_size), Dimensions.Of(stride), Dimensions.Of(padding), Dimensions.Of(dilation),
                ceil_mode);

        public static MaxPool3d MaxPool3d(
            long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
            bool ceil_mode = false) =>
            new(Dimensions.Of(kernel_size, 3), Dimensions.Of(stride, 3), Dimensions.Of(padding, 3),
                Dimensions.Of(dilation, 3), ceil_mode);

        public static MaxPool3d MaxPool3d(
            long[] kernel_size, long[] stride = null!, long[] padding = null!, long[] dilation = null!,
            bool ceil_mode = false) =>
            new(kernel_size, stride, padding, dilation, ceil_mode);
    }
}
