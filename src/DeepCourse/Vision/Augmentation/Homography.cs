namespace DeepCourse.Vision.Augmentation;

/// <summary>A projective map of a picture's plane, in centred coordinates: (-1, -1) is the picture's top left corner,
/// (1, 1) its bottom right one. A point (x, y) goes to (X / W, Y / W) with (X, Y, W) = M (x, y, 1).</summary>
/// <param name="M11">Share of x in X.</param>
/// <param name="M12">Share of y in X.</param>
/// <param name="M13">Constant in X.</param>
/// <param name="M21">Share of x in Y.</param>
/// <param name="M22">Share of y in Y.</param>
/// <param name="M23">Constant in Y.</param>
/// <param name="M31">Share of x in W; 0 for affine maps.</param>
/// <param name="M32">Share of y in W; 0 for affine maps.</param>
/// <param name="M33">Constant in W; 1 for affine maps.</param>
public readonly record struct Homography(
    double M11, double M12, double M13, double M21, double M22, double M23, double M31, double M32, double M33)
{
    /// <summary>Leaves points where they are.</summary>
    public static Homography Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>Whether parallels stay parallel.</summary>
    public bool IsAffine => M31 == 0 && M32 == 0;

    /// <summary>Whether the map does nothing but mirror, if that.</summary>
    public bool IsFlip => this with { M11 = Math.Abs(M11), M22 = Math.Abs(M22) } == Identity;

    /// <summary>An affine map.</summary>
    /// <param name="xx">Share of x in x'.</param>
    /// <param name="xy">Share of y in x'.</param>
    /// <param name="x">Constant in x'.</param>
    /// <param name="yx">Share of x in y'.</param>
    /// <param name="yy">Share of y in y'.</param>
    /// <param name="y">Constant in y'.</param>
    /// <returns>The map.</returns>
    public static Homography Affine(double xx, double xy, double x, double yx, double yy, double y) =>
        new(xx, xy, x, yx, yy, y, 0, 0, 1);

    /// <summary>Turns about the middle without distortion.</summary>
    /// <param name="angleInDegrees">Clockwise as seen on a screen.</param>
    /// <param name="aspectRatio">The picture's width over its height.</param>
    /// <returns>The map.</returns>
    public static Homography Rotate(double angleInDegrees, double aspectRatio)
    {
        var (sine, cosine) = Math.SinCos(angleInDegrees * Math.PI / 180);
        return Affine(cosine, -sine / aspectRatio, 0, sine * aspectRatio, cosine, 0);
    }

    /// <summary>First this map, then another.</summary>
    /// <param name="next">The map to apply afterwards.</param>
    /// <returns>Both in one.</returns>
    public Homography Then(Homography next) => new(
        (next.M11 * M11) + (next.M12 * M21) + (next.M13 * M31),
        (next.M11 * M12) + (next.M12 * M22) + (next.M13 * M32),
        (next.M11 * M13) + (next.M12 * M23) + (next.M13 * M33),
        (next.M21 * M11) + (next.M22 * M21) + (next.M23 * M31),
        (next.M21 * M12) + (next.M22 * M22) + (next.M23 * M32),
        (next.M21 * M13) + (next.M22 * M23) + (next.M23 * M33),
        (next.M31 * M11) + (next.M32 * M21) + (next.M33 * M31),
        (next.M31 * M12) + (next.M32 * M22) + (next.M33 * M32),
        (next.M31 * M13) + (next.M32 * M23) + (next.M33 * M33));

    /// <summary>The map back.</summary>
    /// <returns>The inverse, scaled so that its last number is 1 for affine maps.</returns>
    /// <exception cref="InvalidOperationException">The map flattens the plane.</exception>
    public Homography Inverse()
    {
        var (a, b, c) = ((M22 * M33) - (M23 * M32), (M13 * M32) - (M12 * M33), (M12 * M23) - (M13 * M22));
        var determinant = (M11 * a) + (M21 * b) + (M31 * c);
        if (determinant == 0) throw new InvalidOperationException("a map that flattens the plane has no inverse");
        return new(
            a / determinant, b / determinant, c / determinant,
            ((M23 * M31) - (M21 * M33)) / determinant,
            ((M11 * M33) - (M13 * M31)) / determinant,
            ((M13 * M21) - (M11 * M23)) / determinant,
            ((M21 * M32) - (M22 * M31)) / determinant,
            ((M12 * M31) - (M11 * M32)) / determinant,
            ((M11 * M22) - (M12 * M21)) / determinant);
    }

    /// <summary>Where a point goes.</summary>
    /// <param name="x">-1 at the left edge, 1 at the right one.</param>
    /// <param name="y">-1 at the top edge, 1 at the bottom one.</param>
    /// <returns>The point's image.</returns>
    public (double X, double Y) Map(double x, double y)
    {
        var w = (M31 * x) + (M32 * y) + M33;
        return (((M11 * x) + (M12 * y) + M13) / w, ((M21 * x) + (M22 * y) + M23) / w);
    }

    internal void WriteTransposed(Span<float> target)
    {
        // Points are rows: (x, y, 1) times the transposed matrix.
        ReadOnlySpan<double> transposed = [M11, M21, M31, M12, M22, M32, M13, M23, M33];
        for (var i = 0; i < transposed.Length; i++) target[i] = (float)transposed[i];
    }
}
