namespace DeepCourse.Vision.Augmentation;

/// <summary>Paler or stronger colours.</summary>
/// <param name="Most">The largest change; 0.2 means factors from 1 / 1.2 to 1.2.</param>
public sealed record Saturation(double Most) : ColourAugmentation(0.75)
{
    /// <summary>Raises and lowers the saturation.</summary>
    /// <param name="change">The largest change, as a share.</param>
    /// <returns>The description.</returns>
    public static Saturation UpTo(double change) => new(change);

    /// <inheritdoc/>
    public override ColourMap Draw(Random random) => ColourMap.Saturation(Factor(random, 1 + Most));
}
