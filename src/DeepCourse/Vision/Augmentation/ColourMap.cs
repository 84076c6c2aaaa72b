namespace DeepCourse.Vision.Augmentation;

/// <summary>A linear change of colours: (red, green, blue) to Matrix (red, green, blue) + Offset, for values in
/// 0..1.</summary>
/// <remarks>Light, contrast, saturation and hue are all of this form, so that any number of them costs one
/// pass.</remarks>
public sealed class ColourMap
{
    private readonly double[] _matrix;

    private ColourMap(double[] matrix, double offset) => (_matrix, Offset) = (matrix, offset);

    /// <summary>Leaves colours as they are.</summary>
    public static ColourMap Identity { get; } = Gain(1, 0);

    /// <summary>The 3 x 3 matrix, row by row.</summary>
    public IReadOnlyList<double> Matrix => _matrix;

    /// <summary>What is added to each channel.</summary>
    public double Offset { get; }

    /// <summary>Whether the channels do not mix.</summary>
    public bool IsGain => _matrix is [_, 0, 0, 0, _, 0, 0, 0, _];

    /// <summary>Multiplies and shifts all channels alike.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="offset">What is added afterwards.</param>
    /// <returns>The map.</returns>
    public static ColourMap Gain(double factor, double offset) =>
        new([factor, 0, 0, 0, factor, 0, 0, 0, factor], offset);

    /// <summary>Moves colours towards their grey (below 1) or away from it (above 1).</summary>
    /// <param name="factor">0 leaves only grey, 1 changes nothing.</param>
    /// <returns>The map.</returns>
    public static ColourMap Saturation(double factor)
    {
        // Luminance weights of ITU-R BT.601.
        var (r, g, b) = ((1 - factor) * 0.299, (1 - factor) * 0.587, (1 - factor) * 0.114);
        return new([r + factor, g, b, r, g + factor, b, r, g, b + factor], 0);
    }

    /// <summary>Turns colours about the grey axis.</summary>
    /// <param name="angleInDegrees">120 turns red into green.</param>
    /// <returns>The map; greys stay.</returns>
    public static ColourMap Hue(double angleInDegrees)
    {
        // Rodrigues' formula for the axis (1, 1, 1) / sqrt(3).
        var (sine, cosine) = Math.SinCos(angleInDegrees * Math.PI / 180);
        var (even, skew) = ((1 - cosine) / 3, sine / Math.Sqrt(3));
        var (self, next, last) = (even + cosine, even - skew, even + skew);
        return new([self, next, last, last, self, next, next, last, self], 0);
    }

    /// <summary>First this map, then another.</summary>
    /// <param name="next">The map to apply afterwards; its matrix must keep grey grey, as all of these do.</param>
    /// <returns>Both in one.</returns>
    public ColourMap Then(ColourMap next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var product = new double[9];
        for (var row = 0; row < 3; row++)
            for (var column = 0; column < 3; column++)
                for (var k = 0; k < 3; k++)
                    product[(row * 3) + column] += next._matrix[(row * 3) + k] * _matrix[(k * 3) + column];
        // The offset is grey; a matrix whose rows have one sum multiplies greys by that sum.
        var gain = next._matrix[0] + next._matrix[1] + next._matrix[2];
        return new(product, (gain * Offset) + next.Offset);
    }
}
