using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What transposed convolutions add: an output size that the input alone does not decide.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    protected ConvolutionTranspose(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
        Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias,
        PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(
            name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed,
            output_padding, groups, bias, padding_mode, device, dtype)
    {
        if (padding_mode != PaddingModes.Zeros)
            throw new ArgumentException($"{name} knows only zero padding, not {padding_mode}.", nameof(padding_mode));
    }

    public override Tensor forward(Tensor input) => forward(input, null);

    public abstract Tensor forward(Tensor input, long[]? output_size);

    /// <summary>The padding of the far border that makes the output as large as asked for.</summary>
    protected long[] _output_padding(
        Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding, long[] dilation,
        long num_spatial_dims)
    {
        if (output_size is null) return output_padding;
        var dimensions = (int)num_spatial_dims;
        if (output_size.Length != dimensions && output_size.Length != input.ndim)
            throw new ArgumentException($"{GetName()} needs an output size of {dimensions} dimensions.");
        var wanted = output_size.AsSpan(output_size.Length - dimensions);
        var given = input.shape.AsSpan((int)input.ndim - dimensions);
        var extra = new long[dimensions];
        for (var index = 0; index < dimensions; index++)
        {
            var least = (given[index] - 1) * stride[index] - 2 * padding[index]
                + dilation[index] * (kernel_size[index] - 1) + 1;
            extra[index] = wanted[index] - least;
            if (extra[index] < 0 || extra[index] >= stride[index])
            {
                throw new ArgumentException($"{GetName()} cannot make an output of size {wanted[index]} here: "
                    + $"only {least} to {least + stride[index] - 1}.", nameof(output_size));
            }
        }
        return extra;
    }
}
