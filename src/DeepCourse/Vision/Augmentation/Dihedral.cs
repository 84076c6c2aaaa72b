namespace DeepCourse.Vision.Augmentation;

/// <summary>One of the eight symmetries of a square, each as likely: for pictures without up and down, such as those
/// taken from above or through a microscope.</summary>
public sealed record Dihedral() : GeometricAugmentation(1)
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pictures are not square: a quarter turn would distort
    /// them.</exception>
    public override Homography Draw(Random random, double aspectRatio)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (aspectRatio != 1)
            throw new InvalidOperationException($"Dihedral needs square pictures, got width / height = {aspectRatio}");
        var (x, y) = (random.Next(2) == 0 ? 1 : -1, random.Next(2) == 0 ? 1 : -1);
        return random.Next(2) == 0 ? Homography.Affine(x, 0, 0, 0, y, 0) : Homography.Affine(0, x, 0, y, 0, 0);
    }
}
