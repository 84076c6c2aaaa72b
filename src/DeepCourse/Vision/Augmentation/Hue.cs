namespace DeepCourse.Vision.Augmentation;

/// <summary>Shifts all colours around the colour circle.</summary>
/// <param name="MostDegrees">The largest angle, to either side.</param>
public sealed record Hue(double MostDegrees) : ColourAugmentation(0.75)
{
    /// <summary>Shifts by an angle evenly distributed to both sides.</summary>
    /// <param name="degrees">The largest angle.</param>
    /// <returns>The description.</returns>
    public static Hue UpTo(double degrees) => new(degrees);

    /// <inheritdoc/>
    public override ColourMap Draw(Random random) => ColourMap.Hue(Even(random, -MostDegrees, MostDegrees));
}
