using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>A change of light: a factor on brightness, and one on the distance from middle grey.</summary>
internal readonly record struct Tone(double Brightness, double Contrast)
{
    internal static Tone Draw(Random random, double darkest, double brightest, double flattest, double steepest) => new(
        darkest + random.NextDouble() * (brightest - darkest), flattest + random.NextDouble() * (steepest - flattest));

    /// <summary>Changes the colours of a picture in place; alpha stays.</summary>
    internal void Apply(Image image)
    {
        Span<byte> table = stackalloc byte[256];
        for (var value = 0; value < table.Length; value++)
            table[value] = (byte)Math.Clamp(Math.Round((value * Brightness - 128) * Contrast + 128), 0, 255);
        var colours = Math.Min(image.Channels, 3);
        for (var start = 0; start < image.Pixels.Length; start += image.Channels)
            for (var channel = start; channel < start + colours; channel++)
                image.Pixels[channel] = table[image.Pixels[channel]];
    }
}
