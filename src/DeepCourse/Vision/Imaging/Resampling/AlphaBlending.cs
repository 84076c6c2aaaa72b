namespace DeepCourse.Vision.Imaging;

/// <summary>Colours weighted by their alpha, and back.</summary>
internal static class AlphaBlending
{
    public static void Premultiply(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var i = 0; i < source.Length; i += 4)
        {
            int alpha = source[i + 3];
            target[i] = (byte)Colours.Product(source[i], alpha);
            target[i + 1] = (byte)Colours.Product(source[i + 1], alpha);
            target[i + 2] = (byte)Colours.Product(source[i + 2], alpha);
            target[i + 3] = (byte)alpha;
        }
    }

    public static void Unpremultiply(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
        {
            int alpha = pixels[i + 3];
            if (alpha is 0 or 255) continue;
            pixels[i] = Divide(pixels[i], alpha);
            pixels[i + 1] = Divide(pixels[i + 1], alpha);
            pixels[i + 2] = Divide(pixels[i + 2], alpha);
        }
    }

    private static byte Divide(int value, int alpha) => (byte)Math.Min(255, ((value * 255) + (alpha / 2)) / alpha);
}
