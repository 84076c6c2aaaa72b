using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The gradient of a convolution as a layer: it enlarges [batch, in, length].</summary>
    public sealed class ConvTranspose1d : ConvolutionTranspose
    {
        internal ConvTranspose1d(
            long inputs, long outputs, long[] kernel, long[]? stride, long[]? padding, long[]? outputPadding,
            long[]? dilation, PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(
                nameof(ConvTranspose1d), inputs, outputs, kernel, stride ?? Dimensions.Of(1, 1), padding, null,
                dilation ?? Dimensions.Of(1, 1), transposed: true, outputPadding ?? new long[1], groups, bias, mode,
                device, dtype)
        {
        }

        public override Tensor forward(Tensor input, long[]? output_size)
        {
            var extra = _output_padding(input, output_size, kernel_size, stride, padding!, dilation, 1);
            return functional.conv_transpose1d(
                input, _weight!, _bias, stride[0], padding![0], extra[0], dilation[0], groups);
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
            public static ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size, 1), Dimensions.Of(stride, 1),
                    Dimensions.Of(padding, 1), Dimensions.Of(output_padding, 1), Dimensions.Of(dilation, 1),
                    padding_mode, groups, bias, device, dtype);
        }
    }
}
