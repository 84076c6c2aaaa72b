namespace DeepCourse.Vision.Augmentation;

/// <summary>Tilts the picture: one side comes nearer, the opposite one moves away.</summary>
/// <param name="Most">How much larger or smaller a side may become, as a share; below 0.5.</param>
public sealed record Warp(double Most) : GeometricAugmentation(0.75)
{
    /// <summary>Tilts by an amount evenly distributed, about both axes.</summary>
    /// <param name="magnitude">How much larger or smaller a side may become, as a share; below 0.5.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The magnitude is not in [0, 0.5).</exception>
    public static Warp UpTo(double magnitude)
    {
        // At 0.5 a corner can reach the horizon.
        ArgumentOutOfRangeException.ThrowIfNegative(magnitude);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(magnitude, 0.5);
        return new(magnitude);
    }

    /// <inheritdoc/>
    public override Homography Draw(Random random, double aspectRatio) =>
        Homography.Identity with { M31 = Even(random, -Most, Most), M32 = Even(random, -Most, Most) };
}
