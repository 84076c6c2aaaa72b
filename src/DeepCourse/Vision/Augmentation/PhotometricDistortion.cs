namespace DeepCourse.Vision.Augmentation;

/// <summary>SSD's changes of light and colour in one: brightness, contrast, saturation and hue, each half of the
/// time.</summary>
/// <param name="MostBrightness">What is added to all channels at most, to either side, for values in 0..1.</param>
/// <param name="MostContrast">The largest change of all channels' factor; 0.5 means 0.5 to 1.5.</param>
/// <param name="MostSaturation">The largest change of saturation's factor.</param>
/// <param name="MostDegrees">The largest turn of the colour circle, to either side.</param>
/// <remarks>Liu et al. 2016 (arXiv 1512.02325), section 2.2, after Howard 2013 (arXiv 1312.5402), with the usual
/// amounts. As there, contrast comes before the colours half of the time and after them otherwise; values are clipped
/// once, at the end, and saturation changes about the grey of a colour's luminance.</remarks>
public sealed record PhotometricDistortion(
    double MostBrightness = 32 / 255.0, double MostContrast = 0.5, double MostSaturation = 0.5, double MostDegrees = 18)
    : ColourAugmentation(1)
{
    private const double Each = 0.5;

    /// <inheritdoc/>
    public override ColourMap Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var light = Sometimes(random, ColourMap.Gain(1, Even(random, -MostBrightness, MostBrightness)));
        var contrast = Sometimes(random, ColourMap.Gain(1 + Even(random, -MostContrast, MostContrast), 0));
        var saturation = Sometimes(random, ColourMap.Saturation(1 + Even(random, -MostSaturation, MostSaturation)));
        var hue = Sometimes(random, ColourMap.Hue(Even(random, -MostDegrees, MostDegrees)));
        var colours = saturation.Then(hue);
        return light.Then(random.Next(2) == 0 ? contrast.Then(colours) : colours.Then(contrast));
    }

    private static ColourMap Sometimes(Random random, ColourMap map) =>
        random.NextDouble() < Each ? map : ColourMap.Identity;
}
