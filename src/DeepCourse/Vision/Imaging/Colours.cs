namespace DeepCourse.Vision.Imaging;

/// <summary>Changes of pixel layout that codecs do not do themselves.</summary>
internal static class Colours
{
    /// <summary>Samples a pixel.</summary>
    public static int ChannelsOf(PixelLayout layout) => layout switch
    {
        PixelLayout.Rgb => 3,
        PixelLayout.Rgba => 4,
        _ => 1,
    };

    /// <summary>Brings decoded samples (1 grey, 3 RGB, 4 RGBA) into the layout asked for.</summary>
    public static Raster ToLayout(Raster source, PixelLayout layout, bool rent)
    {
        var channels = ChannelsOf(layout);
        if (channels == source.Channels) return source;
        var target = Raster.Allocate(source.Width, source.Height, channels, rent);
        switch (source.Channels, channels)
        {
            case (4, 3): OverWhite(source.Span, target.Span); break;
            case (3, 4): AddAlpha(source.Span, target.Span); break;
            case (1, _): Spread(source.Span, target.Span, channels); break;
            default: Luminance(source.Span, target.Span, source.Channels); break;
        }
        source.Release();
        return target;
    }

    private static void OverWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
        {
            var alpha = rgba[from + 3];
            rgb[to] = White(rgba[from], alpha);
            rgb[to + 1] = White(rgba[from + 1], alpha);
            rgb[to + 2] = White(rgba[from + 2], alpha);
        }
    }

    private static void AddAlpha(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            rgb.Slice(from, 3).CopyTo(rgba[to..]);
            rgba[to + 3] = 255;
        }
    }

    private static void Spread(ReadOnlySpan<byte> grey, Span<byte> target, int channels)
    {
        for (int from = 0, to = 0; from < grey.Length; from++, to += channels)
        {
            target.Slice(to, 3).Fill(grey[from]);
            if (channels == 4) target[to + 3] = 255;
        }
    }

    /// <summary>ITU-R BT.601 luminance in 16-bit fixed point, over white where there is alpha.</summary>
    private static void Luminance(ReadOnlySpan<byte> source, Span<byte> grey, int channels)
    {
        for (int from = 0, to = 0; from < source.Length; from += channels, to++)
        {
            var value = (byte)(
                ((source[from] * 19595) + (source[from + 1] * 38470) + (source[from + 2] * 7471) + 0x8000) >> 16);
            grey[to] = channels == 4 ? White(value, source[from + 3]) : value;
        }
    }

    /// <summary>Adobe's CMYK: samples are stored inverted, so 255 means no ink.</summary>
    public static void FromInvertedCmyk(ReadOnlySpan<byte> cmyk, Span<byte> target, int channels)
    {
        for (int from = 0, to = 0; from < cmyk.Length; from += 4, to += channels)
        {
            var light = cmyk[from + 3];
            target[to] = Ink(cmyk[from], light);
            target[to + 1] = Ink(cmyk[from + 1], light);
            target[to + 2] = Ink(cmyk[from + 2], light);
            if (channels == 4) target[to + 3] = 255;
        }
    }

    private static byte Ink(byte value, byte light) => (byte)(light - Product(255 - value, light));

    private static byte White(byte value, byte alpha) => (byte)(Product(value, alpha) + (255 - alpha));

    /// <summary>a * b / 255, rounded, for a and b in 0..255.</summary>
    public static int Product(int a, int b)
    {
        var product = (a * b) + 128;
        return ((product >> 8) + product) >> 8;
    }
}
