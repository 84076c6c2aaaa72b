namespace DeepCourse.Vision.Imaging.Drawing;

/// <summary>The colours of classes in pictures: those that reports give them, light enough for dark text.</summary>
public static class ClassPalette
{
    /// <summary>The colours in order; later classes start again.</summary>
    public static IReadOnlyList<Rgb> Colours { get; } =
    [
        new(0x35, 0xc2, 0xff), new(0xff, 0xd2, 0x3c), new(0xff, 0x7a, 0xd9), new(0x6d, 0xf0, 0x8a),
        new(0xff, 0x8a, 0x5c), new(0xb7, 0xa4, 0xff), new(0x5f, 0xf2, 0xe3), new(0xf2, 0xf2, 0xf2),
    ];

    /// <summary>The colour of a class.</summary>
    /// <param name="index">Index of the class.</param>
    /// <returns>Its colour.</returns>
    public static Rgb Of(int index) => Colours[((index % Colours.Count) + Colours.Count) % Colours.Count];
}
