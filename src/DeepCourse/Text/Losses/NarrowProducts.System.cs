using DeepCourse.Native;

namespace DeepCourse.Text.Losses;

/// <summary>Whether matrix products are to be in bfloat16 here, as a region of mixed precision asks for.</summary>
/// <remarks>Not in float16: gradients of a mean over many tokens are too small for it before the loss is
/// scaled.</remarks>
internal static class NarrowProducts
{
    /// <summary>The type, or null for that of the operands.</summary>
    /// <param name="device">Where the operands are.</param>
    public static ScalarType? TypeOn(torch.Device device) =>
        Autocast.TypeOn(device.type) is ScalarType.BFloat16 ? ScalarType.BFloat16 : null;
}
