namespace DeepCourse.Vision.Augmentation;

/// <summary>Turns about the middle.</summary>
/// <param name="MostDegrees">The largest angle, to either side.</param>
/// <remarks>A box around a turned box is larger than the object: for boxes keep to a few degrees.</remarks>
public sealed record Rotate(double MostDegrees) : GeometricAugmentation(0.75)
{
    /// <summary>Turns by an angle evenly distributed to both sides.</summary>
    /// <param name="degrees">The largest angle.</param>
    /// <returns>The description.</returns>
    public static Rotate UpTo(double degrees) => new(degrees);

    /// <inheritdoc/>
    public override Homography Draw(Random random, double aspectRatio) =>
        Homography.Rotate(Even(random, -MostDegrees, MostDegrees), aspectRatio);
}
