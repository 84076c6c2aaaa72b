using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>
/// Image tensors whose channels lie next to each other in memory. Shapes and results stay the same; convolutions on
/// GPUs with tensor cores, and of oneDNN, are faster in this order.
/// </summary>
public static class ChannelsLast
{
    private const int Format = 2;
    private const int Rank = 4;

    /// <summary>The same values in this order: a copy, or the tensor itself in a new wrapper when it is so already.</summary>
    /// <param name="images">[batch, channels, height, width]</param>
    /// <returns>[batch, channels, height, width] with strides of NHWC.</returns>
    public static torch.Tensor Apply(torch.Tensor images) => Aten.contiguous(images, Format);

    /// <summary>Puts all weights with four dimensions of a module into this order, keeping the parameter objects.</summary>
    /// <param name="module">The module, changed in place.</param>
    /// <typeparam name="TModule">Its type.</typeparam>
    /// <returns>The same module.</returns>
    public static TModule Apply<TModule>(TModule module) where TModule : torch.nn.Module
    {
        foreach (var parameter in module.parameters())
        {
            if (parameter.dim() != Rank) continue;
            Errors.Check(NativeMethods.dct_tensor_set_memory_format(parameter.Handle, Format));
            GC.KeepAlive(parameter);
        }
        return module;
    }

    /// <summary>Whether a tensor has this order.</summary>
    /// <param name="images">[batch, channels, height, width]</param>
    /// <returns>True for four dimensions in channels-last order.</returns>
    public static bool IsAppliedTo(torch.Tensor images) =>
        images.dim() == Rank && images.permute(0, 2, 3, 1).is_contiguous();
}
