namespace DeepCourse.Vision.Imaging;

/// <summary>What a decoder shall deliver, whatever the file holds.</summary>
public enum PixelLayout
{
    /// <summary>Red, green, blue. Transparent pixels are laid over white: what hides under them is arbitrary.</summary>
    Rgb,

    /// <summary>Red, green, blue and alpha (255 where the file has none); colours are not multiplied by
    /// alpha.</summary>
    Rgba,

    /// <summary>One channel of luminance by the weights of ITU-R BT.601: 0.299, 0.587, 0.114.</summary>
    Grey,

    /// <summary>One channel of labels, for masks: the palette index of a palette PNG, the grey value of other
    /// files.</summary>
    Labels,
}
