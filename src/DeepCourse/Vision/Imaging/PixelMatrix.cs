namespace DeepCourse.Vision.Imaging;

/// <summary>An affine map of the plane, in pixels: x' = A x + B y + C, y' = D x + E y + F.</summary>
/// <param name="A">Share of x in x'.</param>
/// <param name="B">Share of y in x'.</param>
/// <param name="C">Shift of x' in pixels.</param>
/// <param name="D">Share of x in y'.</param>
/// <param name="E">Share of y in y'.</param>
/// <param name="F">Shift of y' in pixels.</param>
public readonly record struct PixelMatrix(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Leaves points where they are.</summary>
    public static PixelMatrix Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>Moves points.</summary>
    /// <param name="x">Pixels to the right.</param>
    /// <param name="y">Pixels down.</param>
    /// <returns>The map.</returns>
    public static PixelMatrix Shift(double x, double y) => new(1, 0, x, 0, 1, y);

    /// <summary>Stretches about (0, 0).</summary>
    /// <param name="x">Factor across.</param>
    /// <param name="y">Factor down.</param>
    /// <returns>The map.</returns>
    public static PixelMatrix Scale(double x, double y) => new(x, 0, 0, 0, y, 0);

    /// <summary>Turns about (0, 0).</summary>
    /// <param name="angleInDegrees">Clockwise as seen on a screen, where y grows downwards.</param>
    /// <returns>The map.</returns>
    public static PixelMatrix Rotate(double angleInDegrees)
    {
        var (sine, cosine) = Math.SinCos(angleInDegrees * Math.PI / 180);
        return new(cosine, -sine, 0, sine, cosine, 0);
    }

    /// <summary>First this map, then another.</summary>
    /// <param name="next">The map to apply afterwards.</param>
    /// <returns>Both in one.</returns>
    public PixelMatrix Then(PixelMatrix next) => new(
        (next.A * A) + (next.B * D), (next.A * B) + (next.B * E), (next.A * C) + (next.B * F) + next.C,
        (next.D * A) + (next.E * D), (next.D * B) + (next.E * E), (next.D * C) + (next.E * F) + next.F);

    /// <summary>The map back.</summary>
    /// <returns>The inverse.</returns>
    /// <exception cref="InvalidOperationException">The map flattens the plane.</exception>
    public PixelMatrix Inverse()
    {
        var determinant = (A * E) - (B * D);
        if (determinant == 0) throw new InvalidOperationException("a map that flattens the plane has no inverse");
        var (a, b, d, e) = (E / determinant, -B / determinant, -D / determinant, A / determinant);
        return new(a, b, -((a * C) + (b * F)), d, e, -((d * C) + (e * F)));
    }

    /// <summary>Where a point goes.</summary>
    /// <param name="x">Pixels from the left.</param>
    /// <param name="y">Pixels from the top.</param>
    /// <returns>The point's image.</returns>
    public (double X, double Y) Map(double x, double y) => ((A * x) + (B * y) + C, (D * x) + (E * y) + F);
}
