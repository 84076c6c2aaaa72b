namespace DeepCourse.Text.Losses;

/// <summary>Whether matrix products are to be in bfloat16 here. The package's regions of mixed precision cannot be asked, so
/// never.</summary>
internal static class NarrowProducts
{
    /// <summary>The type, or null for that of the operands.</summary>
    /// <param name="device">Where the operands are.</param>
    public static ScalarType? TypeOn(torch.Device device) => null;
}
