using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Augmentation;

/// <summary>Blanks a rectangle with the colour that is 0 after normalising.</summary>
/// <param name="LeastArea">The smallest share of the picture's area.</param>
/// <param name="MostArea">The largest share of the picture's area.</param>
/// <remarks>DeVries and Taylor 2017 (arXiv 1708.04552) blank squares, Zhong et al. 2017 (arXiv 1708.04896, random
/// erasing) rectangles of shape 0.3 to 1 / 0.3 as here. Parts that reach over the picture's edge are cut off. Boxes and
/// masks do not change.</remarks>
public sealed record Cutout(double LeastArea = 0.02, double MostArea = 0.2) : Augmentation(0.5)
{
    private const double Narrowest = 0.3;

    internal UnitBox Draw(Random random)
    {
        var area = Even(random, LeastArea, MostArea);
        var ratio = Factor(random, 1 / Narrowest);
        var (width, height) = (Math.Sqrt(area * ratio), Math.Sqrt(area / ratio));
        var (x, y) = (random.NextDouble(), random.NextDouble());
        var (left, top) = (x - (width / 2), y - (height / 2));
        return new UnitBox((float)left, (float)top, (float)(left + width), (float)(top + height)).Clip();
    }
}
