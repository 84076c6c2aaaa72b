namespace DeepCourse.Vision.Augmentation;

/// <summary>Moves sideways and up or down.</summary>
/// <param name="Most">The largest way, as a share of width and height.</param>
public sealed record Shift(double Most) : GeometricAugmentation(0.75)
{
    /// <summary>Moves by ways evenly distributed.</summary>
    /// <param name="share">The largest way, as a share of width and height.</param>
    /// <returns>The description.</returns>
    public static Shift UpTo(double share) => new(share);

    /// <inheritdoc/>
    public override Homography Draw(Random random, double aspectRatio) =>
        Homography.Affine(1, 0, Even(random, -2 * Most, 2 * Most), 0, 1, Even(random, -2 * Most, 2 * Most));
}
