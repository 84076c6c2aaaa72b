using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Four training pictures in one frame, around a point drawn at random: more objects, in smaller sizes and
/// other company.</summary>
/// <param name="Probability">The chance that a frame holds four pictures, 0..1.</param>
/// <param name="Least">The smallest size of a picture, as a share of the size it has alone in the frame.</param>
/// <param name="Most">The largest size.</param>
/// <remarks>Bochkovskiy et al. 2020 (arXiv 2004.10934), section 3.3. A picture larger than its quarter shows a random
/// part of itself, a smaller one lies at the point where the four meet.</remarks>
public sealed record Mosaic(double Probability = 0.5, double Least = 0.5, double Most = 1)
{
    /// <summary>Pictures in a mosaic.</summary>
    internal const int Count = 4;

    // The point where the quarters meet keeps away from the frame's edges by this share.
    private const double Margin = 0.25;

    internal IReadOnlyList<Tile> Draw(IReadOnlyList<MarkedPicture> pictures, Resize resize, Random random)
    {
        var frame = resize.Frame;
        var (x, y) = (Crossing(frame.Width, random), Crossing(frame.Height, random));
        var tiles = new List<Tile>(Count);
        for (var quarter = 0; quarter < Count; quarter++)
        {
            var (right, below) = (quarter % 2 == 1, quarter / 2 == 1);
            var place = new PixelArea(
                right ? x : 0, below ? y : 0, right ? frame.Width - x : x, below ? frame.Height - y : y);
            var picture = pictures[quarter];
            var alone = resize.Place(picture.Size, random).Scale;
            var factor = Least + ((Most - Least) * random.NextDouble());
            var (left, width) = Range(picture.Size.Width, place.Width / (alone.X * factor), right, random);
            var (top, height) = Range(picture.Size.Height, place.Height / (alone.Y * factor), below, random);
            var placement = ViewPlacement.Cut(new(left, top, width, height), place, picture.Size, frame);
            if (placement is { } visible) tiles.Add(new(picture, visible));
        }
        return tiles;
    }

    private static int Crossing(int side, Random random) =>
        (int)Math.Round(side * (Margin + ((1 - (2 * Margin)) * random.NextDouble())));

    /// <summary>Which range of an axis of the picture fills the quarter: a random one inside, or one that reaches beyond
    /// the picture at the side away from the crossing.</summary>
    private static (double Start, double Length) Range(int side, double seen, bool isSecond, Random random) =>
        seen <= side ? ((side - seen) * random.NextDouble(), seen) : (isSecond ? 0 : side - seen, seen);
}
