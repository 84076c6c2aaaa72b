using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;

namespace DeepCourse.Native;

/// <summary>Convolutions whose weights lie in memory as oneDNN reads them: without that it puts them in its order again in every
/// call, which for one picture takes as long as the convolution.</summary>
public static unsafe class PackedConvolution
{
    private static readonly Operator convert = new("aten::to_mkldnn", "");
    private static readonly Operator reorder = new("aten::mkldnn_reorder_conv2d_weight", "");
    private static readonly Operator convolve = new("aten::mkldnn_convolution", "");

    /// <summary>Packs the weight of a layer, for answers without gradients; other calls go on as before.</summary>
    /// <param name="layer">On the CPU, in 32-bit floats. Its weight stays too, but must not change from now on.</param>
    /// <returns>False where the layer, or this libtorch, can't do it.</returns>
    public static bool Pack(Conv2d layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer.padding_mode != PaddingModes.Zeros || layer.padding is not { } padding) return false;
        if (layer.weight.dtype != torch.ScalarType.Float32 || layer.weight.device_type != DeviceType.CPU) return false;
        using var unrecorded = Unrecorded.Begin();
        using var scope = torch.NewDisposeScope();
        try
        {
            layer.Packed = new PackedWeight(Pack(layer, padding).DetachFromDisposeScope());
            return true;
        }
        catch (ExternalException)
        {
            // A libtorch without oneDNN.
            return false;
        }
    }

    /// <summary>The convolution by the packed weight; null where the plain one is to be used.</summary>
    internal static torch.Tensor? Run(Conv2d layer, PackedWeight packed, torch.Tensor input)
    {
        if (layer.training || torch.is_grad_enabled()) return null;
        if (input.ndim != 4 || input.dtype != torch.ScalarType.Float32 || input.device_type != DeviceType.CPU) return null;
        fixed (long* padding = layer.padding, stride = layer.stride, dilation = layer.dilation)
        {
            var arguments = stackalloc Argument[]
            {
                Argument.From(input), Argument.From(packed.Weight), Argument.From(layer.bias),
                Argument.Integers(padding, 2), Argument.Integers(stride, 2), Argument.Integers(dilation, 2),
                Argument.From(layer.groups),
            };
            var output = convolve.One(arguments, 7);
            GC.KeepAlive(input);
            GC.KeepAlive(packed);
            GC.KeepAlive(layer);
            return output;
        }
    }

    private static torch.Tensor Pack(Conv2d layer, long[] padding)
    {
        var dense = layer.weight.detach().contiguous();
        var one = stackalloc Argument[] { Argument.From(dense), Argument.None };
        var converted = convert.One(one, 2);
        fixed (long* paddings = padding, stride = layer.stride, dilation = layer.dilation)
        {
            var arguments = stackalloc Argument[]
            {
                Argument.From(converted), Argument.Integers(paddings, 2), Argument.Integers(stride, 2),
                Argument.Integers(dilation, 2), Argument.From(layer.groups),
            };
            var packed = reorder.One(arguments, 5);
            GC.KeepAlive(dense);
            GC.KeepAlive(converted);
            return packed;
        }
    }
}

/// <summary>A weight in oneDNN's order; no field of the layer's own type, so that it is no part of its state.</summary>
internal sealed record PackedWeight(torch.Tensor Weight);
