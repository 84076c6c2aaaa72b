namespace DeepCourse.Vision.Augmentation;

/// <summary>Enlarges (or shrinks) and moves within the room that this gives.</summary>
/// <param name="Least">The smallest factor; 1 never shows anything outside the picture.</param>
/// <param name="Most">The largest factor.</param>
public sealed record Zoom(double Least, double Most) : GeometricAugmentation(0.75)
{
    /// <summary>Enlarges.</summary>
    /// <param name="factor">The largest factor, at least 1.</param>
    /// <returns>The description.</returns>
    public static Zoom UpTo(double factor) => new(1, factor);

    /// <inheritdoc/>
    public override Homography Draw(Random random, double aspectRatio)
    {
        var factor = Math.Exp(Even(random, Math.Log(Least), Math.Log(Most)));
        var room = Math.Abs(factor - 1);
        return Homography.Affine(factor, 0, Even(random, -room, room), 0, factor, Even(random, -room, room));
    }
}
