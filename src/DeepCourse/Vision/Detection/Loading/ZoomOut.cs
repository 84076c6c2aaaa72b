using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Puts the picture at a random place on a larger canvas, so that its objects become small.</summary>
/// <param name="Most">Sides of the largest canvas, in sides of the picture; at least 1.</param>
/// <remarks>Liu et al. 2016 (arXiv 1512.02325), section 3.6: up to 4 times, filled with the mean colour.</remarks>
public sealed record ZoomOut(double Most = 4) : ViewAugmentation(0.5)
{
    /// <inheritdoc/>
    public override PixelArea Draw(PixelArea view, IReadOnlyList<PixelBox> boxes, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var factor = Even(random, 1, Most);
        var (width, height) = (view.Width * factor, view.Height * factor);
        return new(
            view.Left - ((width - view.Width) * random.NextDouble()),
            view.Top - ((height - view.Height) * random.NextDouble()), width, height);
    }
}
