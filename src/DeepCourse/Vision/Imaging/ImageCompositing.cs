namespace DeepCourse.Vision.Imaging;

/// <summary>Laying pictures over each other.</summary>
public static class ImageCompositing
{
    /// <summary>Draws a picture with alpha over another one, in place; what does not fit is cut off.</summary>
    /// <param name="canvas">The picture to draw on; RGB, or RGBA that stays as opaque as it is.</param>
    /// <param name="sprite">RGBA.</param>
    /// <param name="left">Column of the canvas for the sprite's first column; may be negative.</param>
    /// <param name="top">Row of the canvas for the sprite's first row; may be negative.</param>
    /// <param name="opacity">0..1, multiplied with the sprite's alpha.</param>
    /// <exception cref="ArgumentException">The sprite has no alpha, or the canvas is grey.</exception>
    public static void Overlay(this Image canvas, Image sprite, int left, int top, double opacity = 1)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(sprite);
        if (sprite.Channels != 4) throw new ArgumentException($"expected RGBA, got {sprite}", nameof(sprite));
        if (canvas.Channels == 1) throw new ArgumentException($"expected RGB or RGBA, got {canvas}", nameof(canvas));
        var share = (int)Math.Round(Math.Clamp(opacity, 0, 1) * 255);
        var (first, last) = (Math.Max(left, 0), Math.Min(left + sprite.Width, canvas.Width));
        for (var y = Math.Max(top, 0); y < Math.Min(top + sprite.Height, canvas.Height); y++)
        {
            ReadOnlySpan<byte> from = sprite.Row(y - top);
            var to = canvas.Row(y);
            for (var x = first; x < last; x++)
            {
                var pixel = from.Slice((x - left) * 4, 4);
                var alpha = Colours.Product(pixel[3], share);
                if (alpha == 0) continue;
                var under = to.Slice(x * canvas.Channels, 3);
                for (var channel = 0; channel < 3; channel++)
                    under[channel] = Blend(under[channel], pixel[channel], alpha);
            }
        }
    }

    private static byte Blend(int under, int over, int alpha)
    {
        var sum = (over * alpha) + (under * (255 - alpha)) + 128;
        return (byte)(((sum >> 8) + sum) >> 8);
    }
}
