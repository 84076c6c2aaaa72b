using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The gradient of a convolution as a layer: it enlarges [batch, in, height, width].</summary>
    public sealed class ConvTranspose2d : ConvolutionTranspose
    {
        internal ConvTranspose2d(
            long inputs, long outputs, long[] kernel, long[]? stride, long[]? padding, long[]? outputPadding,
            long[]? dilation, PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(
                nameof(ConvTranspose2d), inputs, outputs, kernel, stride ?? Dimensions.Of(1, 2), padding, null,
                dilation ?? Dimensions.Of(1, 2), transposed: true, outputPadding ?? new long[2], groups, bias, mode,
                device, dtype)
        {
        }

        public override Tensor forward(Tensor input, long[]? output_size)
        {
            var extra = _output_padding(input, output_size, kernel_size, stride, padding!, dilation, 2);
            return functional.conv_transpose2d(input, _weight!, _bias, stride, padding, extra, dilation, groups);
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
            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size, 2), Dimensions.Of(stride, 2),
                    Dimensions.Of(padding, 2), Dimensions.Of(output_padding, 2), Dimensions.Of(dilation, 2),
                    padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? output_padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size), Dimensions.Of(stride),
                    Dimensions.Of(padding), Dimensions.Of(output_padding), Dimensions.Of(dilation), padding_mode,
                    groups, bias, device, dtype);
        }
    }
}
