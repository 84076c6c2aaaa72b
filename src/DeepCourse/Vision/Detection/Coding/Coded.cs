using DeepCourse.Tensors;

namespace DeepCourse.Vision.Detection;

/// <summary>What all codings check and clamp.</summary>
internal static class Coded
{
    /// <summary>The least side of a box to encode, as a share: far below a pixel, so that logarithms stay finite.</summary>
    public const double LeastSide = 1e-6;

    /// <summary>The largest exponent of a factor on a size: 1000 / 16, after which a box leaves any picture.</summary>
    public static readonly double LargestExponent = Math.Log(1000.0 / 16);

    /// <summary>Demands one row of numbers for each anchor.</summary>
    public static void Check(Tensor tensor, Anchors anchors, int columns, string name)
    {
        Guard.Dimension(tensor, -1, columns, name);
        Guard.Dimension(tensor, -2, anchors.Count, name);
    }

    /// <summary>Middles and sizes of boxes.</summary>
    public static (Tensor Center, Tensor Size) Split(Tensor boxes)
    {
        var (low, high) = (boxes.narrow(-1, 0, 2), boxes.narrow(-1, 2, 2));
        return ((low + high) / 2, (high - low).clamp(min: LeastSide));
    }

    /// <summary>Corners from middles and sizes.</summary>
    public static Tensor Join(Tensor center, Tensor size)
    {
        var half = size / 2;
        return torch.cat([center - half, center + half], -1);
    }
}
