using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Masks as numbers to add to attention scores.</summary>
internal static class AttentionMask
{
    /// <summary>
    /// Both masks as one that adds to scores [batch * heads, target, source], or null if there is none. A mask that
    /// is shorter than the source leaves the columns that the layer itself has appended visible.
    /// </summary>
    public static Tensor? Combined(
        Tensor? attention, Tensor? padding, long batch, long heads, long target, long source, ScalarType dtype)
    {
        var first = attention is null ? null : Widened(Additive(attention, dtype), source);
        if (padding is null) return first;
        var hidden = Widened(Additive(padding, dtype), source)
            .view(batch, 1, 1, source).expand(batch, heads, target, source)
            .reshape(batch * heads, target, source);
        return first is null ? hidden : first.add(hidden);
    }

    private static Tensor Additive(Tensor mask, ScalarType dtype)
    {
        if (mask.dtype != ScalarType.Bool) return mask.to(dtype);
        return zeros(mask.shape, dtype, mask.device).masked_fill(mask, double.NegativeInfinity);
    }

    private static Tensor Widened(Tensor mask, long source)
    {
        var missing = source - mask.size(-1);
        return missing == 0 ? mask : functional.pad(mask, (0L, missing), PaddingModes.Constant, 0);
    }
}
