using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static MaxUnpool1d MaxUnpool1d(long kernel_size, long? stride = null, long? padding = null) =>
            new(kernel_size, stride, padding);

        public static MaxUnpool2d MaxUnpool2d(
            (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null) =>
            new(Dimensions.Of(kernel_size), Dimensions.Of(stride), Dimensions.Of(padding));

        public static MaxUnpool2d MaxUnpool2d(long kernel_size, long? stride = null, long? padding = null) =>
            new(Dimensions.Of(kernel_size, 2), Dimensions.Of(stride, 2), Dimensions.Of(padding, 2));

        public static MaxUnpool2d MaxUnpool2d(long[] kernel_size, long[] stride = null!, long[] padding = null!) =>
            new(kernel_size, stride, padding);

        public static MaxUnpool3d MaxUnpool3d(
            (long, long, long) kernel_size, (long, long, long)? stride = null, (long, long, long)? padding = null) =>
            new(Dimensions.Of(kernel_size), Dimensions.Of(stride), Dimensions.Of(padding));

        public static MaxUnpool3d MaxUnpool3d(long kernel_size, long? stride = null, long? padding = null) =>
            new(Dimensions.Of(kernel_size, 3), Dimensions.Of(stride, 3), Dimensions.Of(padding, 3));

        public static MaxUnpool3d MaxUnpool3d(long[] kernel_size, long[] stride = null!, long[] padding = null!) =>
            new(kernel_size, stride, padding);
    }
}
