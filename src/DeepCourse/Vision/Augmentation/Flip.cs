namespace DeepCourse.Vision.Augmentation;

/// <summary>Mirrors left and right, or top and bottom.</summary>
/// <param name="Vertically">Whether top and bottom change places.</param>
public sealed record Flip(bool Vertically = false) : GeometricAugmentation(0.5)
{
    /// <inheritdoc/>
    public override Homography Draw(Random random, double aspectRatio) =>
        Vertically ? Homography.Affine(1, 0, 0, 0, -1, 0) : Homography.Affine(-1, 0, 0, 0, 1, 0);
}
