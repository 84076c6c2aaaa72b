namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>Overlaps in double precision, as the reference programs compute them: matches at a threshold such as one
/// half must not hang on a rounding.</summary>
internal static class BoxOverlap
{
    /// <summary>Intersection over union; 0 for boxes without an area.</summary>
    public static double IntersectionOverUnion(in PixelBox first, in PixelBox second)
    {
        var common = Common(first, second);
        return common > 0 ? common / (Area(first) + Area(second) - common) : 0;
    }

    /// <summary>Intersection over the area of the first box: how much of it lies inside the second.</summary>
    public static double ShareInside(in PixelBox box, in PixelBox around)
    {
        var common = Common(box, around);
        return common > 0 ? common / Area(box) : 0;
    }

    /// <summary>Area in square pixels.</summary>
    public static double Area(in PixelBox box) =>
        Math.Max(0, (double)box.Right - box.Left) * Math.Max(0, (double)box.Bottom - box.Top);

    private static double Common(in PixelBox first, in PixelBox second)
    {
        var width = Math.Min((double)first.Right, second.Right) - Math.Max(first.Left, second.Left);
        var height = Math.Min((double)first.Bottom, second.Bottom) - Math.Max(first.Top, second.Top);
        return width > 0 && height > 0 ? width * height : 0;
    }
}
