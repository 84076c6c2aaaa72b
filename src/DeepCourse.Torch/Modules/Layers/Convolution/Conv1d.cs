using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over [batch, in, length].</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(
            long inputs, long outputs, long[] kernel, long[]? stride, long[]? padding, Padding? type, long[]? dilation,
            PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(
                nameof(Conv1d), inputs, outputs, kernel, stride ?? Dimensions.Of(1, 1), padding, type,
                dilation ?? Dimensions.Of(1, 1), transposed: false, new long[1], groups, bias, mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            if (padding_mode != PaddingModes.Zeros)
            {
                using var padded = Padded(input);
                return functional.conv1d(padded, _weight!, _bias, stride[0], 0, dilation[0], groups);
            }
            return padding_type is { } type
                ? functional.conv1d_padding(input, _weight!, _bias, stride[0], type, dilation[0], groups)
                : functional.conv1d(input, _weight!, _bias, stride[0], padding![0], dilation[0], groups);
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
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size, 1), Dimensions.Of(stride, 1),
                    Dimensions.Of(padding, 1), null, Dimensions.Of(dilation, 1), padding_mode, groups, bias, device,
                    dtype);

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Dimensions.Of(kernel_size, 1), Dimensions.Of(stride, 1), null, padding,
                    Dimensions.Of(dilation, 1), padding_mode, groups, bias, device, dtype);
        }
    }
}
