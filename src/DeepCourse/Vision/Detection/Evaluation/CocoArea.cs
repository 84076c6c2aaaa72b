namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>The sizes of objects that COCO tells apart.</summary>
internal enum CocoArea
{
    All,
    Small,
    Medium,
    Large,
}

/// <summary>Where the sizes begin and end.</summary>
internal static class CocoAreas
{
    public const int Count = 4;

    private static readonly (double Least, double Most)[] ranges =
        [(0, double.PositiveInfinity), (0, 32 * 32), (32 * 32, 96 * 96), (96 * 96, double.PositiveInfinity)];

    /// <summary>Whether an area in square pixels is of a size; at a border it is of both.</summary>
    public static bool Holds(this CocoArea area, double squarePixels) =>
        squarePixels >= ranges[(int)area].Least && squarePixels <= ranges[(int)area].Most;
}
