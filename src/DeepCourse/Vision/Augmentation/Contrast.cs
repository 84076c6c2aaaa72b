namespace DeepCourse.Vision.Augmentation;

/// <summary>More or less contrast about middle grey.</summary>
/// <param name="Most">The largest change; 0.2 means factors from 1 / 1.2 to 1.2.</param>
public sealed record Contrast(double Most) : ColourAugmentation(0.75)
{
    /// <summary>Raises and lowers the contrast.</summary>
    /// <param name="change">The largest change, as a share.</param>
    /// <returns>The description.</returns>
    public static Contrast UpTo(double change) => new(change);

    /// <inheritdoc/>
    public override ColourMap Draw(Random random)
    {
        var factor = Factor(random, 1 + Most);
        return ColourMap.Gain(factor, 0.5 * (1 - factor));
    }
}
