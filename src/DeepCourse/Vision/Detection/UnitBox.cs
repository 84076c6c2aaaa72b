using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection;

/// <summary>A rectangle in a picture as shares of its sides: (0, 0, 1, 1) is the whole picture at any size.</summary>
/// <param name="Left">Left edge, 0..1 of the width.</param>
/// <param name="Top">Top edge, 0..1 of the height.</param>
/// <param name="Right">Right edge, 0..1 of the width.</param>
/// <param name="Bottom">Bottom edge, 0..1 of the height.</param>
public readonly record struct UnitBox(float Left, float Top, float Right, float Bottom)
{
    /// <summary>The whole picture.</summary>
    public static UnitBox Whole { get; } = new(0, 0, 1, 1);

    /// <summary>Width as a share of the picture's.</summary>
    public float Width => Right - Left;

    /// <summary>Height as a share of the picture's.</summary>
    public float Height => Bottom - Top;

    /// <summary>Area as a share of the picture's, 0 for an empty box.</summary>
    public float Area => IsEmpty ? 0 : Width * Height;

    /// <summary>Whether the box holds nothing; true as well when an edge is not a number.</summary>
    public bool IsEmpty => !(Right > Left && Bottom > Top);

    /// <summary>A box from four numbers.</summary>
    /// <param name="edges">[left, top, right, bottom] as shares.</param>
    /// <returns>The box.</returns>
    /// <exception cref="ArgumentException">There are not four numbers.</exception>
    public static UnitBox FromArray(ReadOnlySpan<float> edges) => edges.Length == 4
        ? new(edges[0], edges[1], edges[2], edges[3])
        : throw new ArgumentException($"expected 4 edges, got {edges.Length}", nameof(edges));

    /// <summary>The part inside the picture.</summary>
    /// <returns>The box with its edges moved into 0..1.</returns>
    public UnitBox Clip() =>
        new(Math.Clamp(Left, 0, 1), Math.Clamp(Top, 0, 1), Math.Clamp(Right, 0, 1), Math.Clamp(Bottom, 0, 1));

    /// <summary>Intersection over union of the shares; the same as that of the pixels at any picture size.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>0 for boxes that do not meet to 1 for equal ones; 0 when both are empty.</returns>
    public float IntersectionOverUnion(UnitBox other) => AsPixels.IntersectionOverUnion(other.AsPixels);

    /// <summary>The same box in the pixels of a picture.</summary>
    /// <param name="size">The picture's size.</param>
    /// <returns>Edges in pixels.</returns>
    public PixelBox ToPixels(PixelSize size) =>
        new(Left * size.Width, Top * size.Height, Right * size.Width, Bottom * size.Height);

    /// <summary>The four edges in order.</summary>
    /// <returns>[left, top, right, bottom] as shares.</returns>
    public float[] ToArray() => [Left, Top, Right, Bottom];

    private PixelBox AsPixels => new(Left, Top, Right, Bottom);
}
