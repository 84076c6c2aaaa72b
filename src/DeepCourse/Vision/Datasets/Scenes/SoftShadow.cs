using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>The shadow that a thing throws: its outline, blurred, black.</summary>
internal static class SoftShadow
{
    /// <summary>Makes a shadow.</summary>
    /// <param name="thing">RGBA.</param>
    /// <param name="radius">How far the shadow reaches beyond the outline, in pixels, twice.</param>
    /// <returns>RGBA, larger than the thing by twice the radius on every side.</returns>
    internal static Image Of(Image thing, int radius)
    {
        var border = 2 * radius;
        var (width, height) = (thing.Width + 2 * border, thing.Height + 2 * border);
        var alpha = new byte[width * height];
        for (var y = 0; y < thing.Height; y++)
        {
            var row = thing.Row(y);
            for (var x = 0; x < thing.Width; x++) alpha[(y + border) * width + x + border] = row[x * 4 + 3];
        }

        // Two boxes one after the other make a tent, which is soft enough.
        for (var pass = 0; pass < 2; pass++)
        {
            for (var y = 0; y < height; y++) Blur(alpha, y * width, 1, width, radius);
            for (var x = 0; x < width; x++) Blur(alpha, x, width, height, radius);
        }

        var shadow = new Image(width, height, 4);
        for (var at = 0; at < alpha.Length; at++) shadow.Pixels[at * 4 + 3] = alpha[at];
        return shadow;
    }

    // The mean of 2 radius + 1 neighbours along a line, in place; beyond its ends there is nothing.
    private static void Blur(byte[] values, int start, int step, int count, int radius)
    {
        var old = new byte[count];
        for (var i = 0; i < count; i++) old[i] = values[start + i * step];
        var sum = 0;
        for (var i = 0; i < Math.Min(radius, count); i++) sum += old[i];
        for (var i = 0; i < count; i++)
        {
            if (i + radius < count) sum += old[i + radius];
            if (i - radius - 1 >= 0) sum -= old[i - radius - 1];
            values[start + i * step] = (byte)(sum / (2 * radius + 1));
        }
    }
}
