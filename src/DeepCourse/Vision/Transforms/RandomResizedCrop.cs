using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>A part of a picture of random area, shape and place.</summary>
/// <param name="Frame">Size of the frames in pixels.</param>
/// <param name="LeastArea">The smallest share of the picture's area that a part may have, in (0, 1].</param>
/// <param name="MostStretch">The widest shape is this many times as wide as the frame's, the narrowest as many times as
/// narrow; at least 1.</param>
/// <remarks>Szegedy et al. 2014 (arXiv 1409.4842), section 6: area even in [LeastArea, 1], logarithm of the shape even.
/// After ten parts that do not fit, the largest middle part is taken.</remarks>
public sealed record RandomResizedCrop(PixelSize Frame, double LeastArea = 0.35, double MostStretch = 4.0 / 3)
    : Resize(Frame)
{
    private const int Attempts = 10;

    /// <inheritdoc/>
    public override Placement Place(PixelSize picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var spread = Math.Log(MostStretch);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = picture.Area * (LeastArea + ((1 - LeastArea) * random.NextDouble()));
            var ratio = Frame.AspectRatio * Math.Exp(spread * ((2 * random.NextDouble()) - 1));
            var (width, height) = (Math.Sqrt(area * ratio), Math.Sqrt(area / ratio));
            if (width > picture.Width || height > picture.Height) continue;
            var left = (picture.Width - width) * random.NextDouble();
            var top = (picture.Height - height) * random.NextDouble();
            return Fill(new(left, top, width, height));
        }
        return new CropResize(Frame).Place(picture, random);
    }
}
