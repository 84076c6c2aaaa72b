using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static FractionalMaxPool2d FractionalMaxPool2d(
            (long, long) kernel_size, (long, long)? output_size = null, (double, double)? output_ratio = null) =>
            new(Dimensions.Of(kernel_size), Dimensions.Of(output_size), Dimensions.Of(output_ratio));

        public static FractionalMaxPool2d FractionalMaxPool2d(
            long kernel_size, long? output_size = null, double? output_ratio = null) =>
            new(Dimensions.Of(kernel_size, 2), Dimensions.Of(output_size, 2), Dimensions.Of(output_ratio, 2));

        public static FractionalMaxPool2d FractionalMaxPool2d(
            long[] kernel_size, long[] output_size = null!, double[] output_ratio = null!) =>
            new(kernel_size, output_size, output_ratio);

        public static FractionalMaxPool3d FractionalMaxPool3d(
            (long, long, long) kernel_size, (long, long, long)? output_size = null,
            (double, double, double)? output_ratio = null) =>
            new(Dimensions.Of(kernel_size), Dimensions.Of(output_size), Dimensions.Of(output_ratio));

        public static FractionalMaxPool3d FractionalMaxPool3d(
            long kernel_size, long? output_size = null, double? output_ratio = null) =>
            new(Dimensions.Of(kernel_size, 3), Dimensions.Of(output_size, 3), Dimensions.Of(output_ratio, 3));

        public static FractionalMaxPool3d FractionalMaxPool3d(
            long[] kernel_size, long[] output_size = null!, double[] output_ratio = null!) =>
            new(kernel_size, output_size, output_ratio);
    }
}
