using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection;

/// <summary>A rectangle in a picture, in pixels: left and top edge belong to it, right and bottom edge are where it
/// ends, so that its width is <c>Right - Left</c>. x grows to the right, y downwards.</summary>
/// <param name="Left">Left edge, in pixels from the picture's left.</param>
/// <param name="Top">Top edge, in pixels from the picture's top.</param>
/// <param name="Right">Right edge, in pixels from the picture's left.</param>
/// <param name="Bottom">Bottom edge, in pixels from the picture's top.</param>
public readonly record struct PixelBox(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Width in pixels; negative for a box that is turned inside out.</summary>
    public float Width => Right - Left;

    /// <summary>Height in pixels; negative for a box that is turned inside out.</summary>
    public float Height => Bottom - Top;

    /// <summary>Area in square pixels, 0 for an empty box.</summary>
    public float Area => IsEmpty ? 0 : Width * Height;

    /// <summary>Whether the box holds nothing; true as well when an edge is not a number.</summary>
    public bool IsEmpty => !(Right > Left && Bottom > Top);

    /// <summary>Whether all four edges are finite numbers.</summary>
    public bool IsFinite =>
        float.IsFinite(Left) && float.IsFinite(Top) && float.IsFinite(Right) && float.IsFinite(Bottom);

    /// <summary>The middle of the box.</summary>
    public PixelPoint Center => new((Left + Right) / 2, (Top + Bottom) / 2);

    /// <summary>A box by its corner and size, as COCO writes it.</summary>
    /// <param name="left">Left edge in pixels.</param>
    /// <param name="top">Top edge in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>The box.</returns>
    public static PixelBox FromSize(float left, float top, float width, float height) =>
        new(left, top, left + width, top + height);

    /// <summary>A box around an area of a picture.</summary>
    /// <param name="area">The area in pixels.</param>
    /// <returns>The box.</returns>
    public static PixelBox FromArea(PixelArea area) =>
        new((float)area.Left, (float)area.Top, (float)area.Right, (float)area.Bottom);

    /// <summary>A box by its middle and size, as YOLO writes it.</summary>
    /// <param name="center">The middle.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>The box.</returns>
    public static PixelBox FromCenter(PixelPoint center, float width, float height) =>
        FromSize(center.X - (width / 2), center.Y - (height / 2), width, height);

    /// <summary>The smallest box around some points.</summary>
    /// <param name="points">At least one point.</param>
    /// <returns>The box.</returns>
    public static PixelBox Around(params ReadOnlySpan<PixelPoint> points)
    {
        var (left, top, right, bottom) = (points[0].X, points[0].Y, points[0].X, points[0].Y);
        foreach (var point in points[1..])
        {
            (left, right) = (Math.Min(left, point.X), Math.Max(right, point.X));
            (top, bottom) = (Math.Min(top, point.Y), Math.Max(bottom, point.Y));
        }
        return new(left, top, right, bottom);
    }

    /// <summary>The part both boxes cover; empty when they do not meet.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>The common part.</returns>
    public PixelBox Intersect(PixelBox other) => new(
        Math.Max(Left, other.Left), Math.Max(Top, other.Top),
        Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>Whether a point lies in the box; on the left and top edge it does, on the others not.</summary>
    /// <param name="point">The point in pixels.</param>
    public bool Holds(PixelPoint point) =>
        point.X >= Left && point.X < Right && point.Y >= Top && point.Y < Bottom;

    /// <summary>The part inside a picture.</summary>
    /// <param name="size">The picture's size.</param>
    /// <returns>The box with its edges moved into the picture; empty when it lies outside.</returns>
    public PixelBox Clip(PixelSize size) => new(
        Math.Clamp(Left, 0, size.Width), Math.Clamp(Top, 0, size.Height),
        Math.Clamp(Right, 0, size.Width), Math.Clamp(Bottom, 0, size.Height));

    /// <summary>Intersection over union (Jaccard index).</summary>
    /// <param name="other">The other box.</param>
    /// <returns>0 for boxes that do not meet to 1 for equal ones; 0 when both are empty.</returns>
    public float IntersectionOverUnion(PixelBox other)
    {
        var common = Intersect(other).Area;
        var union = Area + other.Area - common;
        return union > 0 ? common / union : 0;
    }

    /// <summary>The same box as shares of the picture's sides.</summary>
    /// <param name="size">The picture's size.</param>
    /// <returns>Edges in 0..1 for a box inside the picture.</returns>
    public UnitBox ToUnit(PixelSize size) =>
        new(Left / size.Width, Top / size.Height, Right / size.Width, Bottom / size.Height);

    /// <summary>The four edges in order.</summary>
    /// <returns>[left, top, right, bottom] in pixels.</returns>
    public float[] ToArray() => [Left, Top, Right, Bottom];
}
