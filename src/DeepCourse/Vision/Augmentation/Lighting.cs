namespace DeepCourse.Vision.Augmentation;

/// <summary>More or less light: all channels are multiplied by one factor.</summary>
/// <param name="Most">The largest change; 0.2 means factors from 1 / 1.2 to 1.2.</param>
public sealed record Lighting(double Most) : ColourAugmentation(0.75)
{
    /// <summary>Brightens and darkens.</summary>
    /// <param name="change">The largest change, as a share.</param>
    /// <returns>The description.</returns>
    public static Lighting UpTo(double change) => new(change);

    /// <inheritdoc/>
    public override ColourMap Draw(Random random) => ColourMap.Gain(Factor(random, 1 + Most), 0);
}
