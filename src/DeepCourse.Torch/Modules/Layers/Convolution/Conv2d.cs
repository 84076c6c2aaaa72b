using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over [batch, in, height, width].</summary>
    public sealed class Conv2d : Convolution
    {
        private static readonly long[] Unpadded = new long[2];

        internal Conv2d(
            long inputs, long outputs, long[] kernel, long[]? stride, long[]? padding, Padding? type, long[]? dilation,
            PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(
                nameof(Conv2d), inputs, outputs, kernel, stride ?? Dimensions.Of(1, 2), padding, type,
                dilation ?? Dimensions.Of(1, 2), transposed: false, new long[2], groups, bias, mode, device, dtype)
        {
        }

        /// <summary>The weight for answers without gradients; null where nobody packed it.</summary>
        internal DeepCourse.Native.PackedWeight? Packed { get; set; }

        public override Tensor forward(Tensor input)
        {
            if (Packed is { } packed && DeepCourse.Native.PackedConvolution.Run(this, packed, input) is { } output) return output;
            if (padding_mode != PaddingModes.Zeros)
            {
                using var padded = Padded(input);
                return functional.conv2d(padded, _weight!, _bias, stride, Unpadded, dilation, groups);
            }
            return padding_type is { } type
                ? functional.conv2d_padding(input, _weight!, _bias, stride, type, dilation, groups)
                : functional.conv2d(input, _weight!, _bias, stride, padding, dilation, groups);
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size, 2), Dimensions.Of(stride, 2),
                    Dimensions.Of(padding, 2), null, Dimensions.Of(dilation, 2), padding_mode, groups, bias, device,
                    dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size, 2), Dimensions.Of(stride, 2), null, padding,
                    Dimensions.Of(dilation, 2), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size), Dimensions.Of(stride),
                    Dimensions.Of(padding), null, Dimensions.Of(dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding,
                (long, long)? stride = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size), Dimensions.Of(stride), null, padding,
                    Dimensions.Of(dilation), padding_mode, groups, bias, device, dtype);
        }
    }
}
