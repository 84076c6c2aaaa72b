using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Max pooling over random windows that reach a given output size (Graham 2015).</summary>
public sealed class FractionalMaxPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal FractionalMaxPool2d(
        long[] kernel_size, long[] output_size, double[] output_ratio)
        : base(nameof(FractionalMaxPool2d)) =>
        (this.kernel_size, this.output_size, this.output_ratio) = (kernel_size, output_size, output_ratio);

    public long[] kernel_size { get; set; }

    public double[] output_ratio { get; set; }

    public long[] output_size { get; set; }

    public override Tensor forward(Tensor input) =>
        functional.fractional_max_pool2d(input, kernel_size, output_size, output_ratio);

    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        functional.fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio);
}

/// <summary>Max pooling over random windows that reach a given output size (Graham 2015).</summary>
public sealed class FractionalMaxPool3d : ParameterLessModule<Tensor, Tensor>
{
    internal FractionalMaxPool3d(
        long[] kernel_size, long[] output_size, double[] output_ratio)
        : base(nameof(FractionalMaxPool3d)) =>
        (this.kernel_size, this.output_size, this.output_ratio) = (kernel_size, output_size, output_ratio);

    public long[] kernel_size { get; set; }

    public double[] output_ratio { get; set; }

    public long[] output_size { get; set; }

    public override Tensor forward(Tensor input) =>
        functional.fractional_max_pool3d(input, kernel_size, output_size, output_ratio);

    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        functional.fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio);
}
