using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Sums sliding blocks [n, c k, l] into images.</summary>
public sealed class Fold : ParameterLessModule<Tensor, Tensor>
{
    internal Fold(
        (long, long) output_size, (long, long) kernel_size, (long, long) dilation, (long, long) padding,
        (long, long) stride)
        : base(nameof(Fold)) =>
        (this.output_size, this.kernel_size, this.dilation, this.padding, this.stride) =
        (output_size, kernel_size, dilation, padding, stride);

    public (long, long) dilation { get; set; }

    public (long, long) kernel_size { get; set; }

    public (long, long) output_size { get; set; }

    public (long, long) padding { get; set; }

    public (long, long) stride { get; set; }

    public override Tensor forward(Tensor tensor) =>
        functional.fold(tensor, output_size, kernel_size, dilation, padding, stride);
}

/// <summary>Takes sliding blocks out of images as columns [n, c k, l].</summary>
public sealed class Unfold : ParameterLessModule<Tensor, Tensor>
{
    internal Unfold(
        (long, long) kernel_size, (long, long) dilation, (long, long) padding, (long, long) stride)
        : base(nameof(Unfold)) =>
        (this.kernel_size, this.dilation, this.padding, this.stride) = (kernel_size, dilation, padding, stride);

    public (long, long) dilation { get; set; }

    public (long, long) kernel_size { get; set; }

    public (long, long) padding { get; set; }

    public (long, long) stride { get; set; }

    public override Tensor forward(Tensor tensor) =>
        functional.unfold(tensor, kernel_size, dilation, padding, stride);
}
