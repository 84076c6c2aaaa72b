namespace DeepCourse.Vision.Detection;

/// <summary>The size of an anchor, in the unit its level names.</summary>
/// <param name="Width">Across.</param>
/// <param name="Height">Down.</param>
public readonly record struct AnchorShape(double Width, double Height)
{
    /// <summary>A shape of the same area as a square, but stretched.</summary>
    /// <param name="side">Side of the square.</param>
    /// <param name="ratio">Height over width.</param>
    /// <returns>The shape.</returns>
    public static AnchorShape OfRatio(double side, double ratio) => new(side / Math.Sqrt(ratio), side * Math.Sqrt(ratio));
}
