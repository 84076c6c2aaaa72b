using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Imaging.Drawing;

/// <summary>A detector's answer as a picture: boxes in the colours of their classes, with names and scores.</summary>
public static class AnnotatedPicture
{
    // Pixels of the picture's short side for one of a line's width, and for one of its letters.
    private const double LineShare = 200, LetterShare = 250;

    /// <summary>Draws what was found over a copy of its picture. The surest objects lie on top, labels such as
    /// "dog 68 %" over all frames; lines and letters grow with the picture.</summary>
    /// <param name="image">The picture; it stays as it is.</param>
    /// <param name="found">The objects, in the picture's pixels and in any order; those outside it are left out.</param>
    /// <param name="classes">The names of the classes; a class without one is written as its number.</param>
    /// <returns>A new picture of the same size: RGB, or RGBA when the picture has alpha.</returns>
    public static Image Draw(Image image, IEnumerable<DetectedObject> found, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(classes);
        var canvas = Copy(image);
        var shortSide = Math.Min(image.Width, image.Height);
        var (thickness, scale) = (Pixels(shortSide / LineShare), Pixels(shortSide / LetterShare));
        var objects = found.OrderByDescending(item => item.Score).ToList();
        foreach (var item in Enumerable.Reverse(objects))
            canvas.Frame(item.Box, ClassPalette.Of(item.Class), thickness);
        // The surest chooses its label's place first, and is written last should it have to share it.
        var places = new LabelPlaces(image.Size);
        var labels = new Stack<(PixelRectangle Place, string Text, Rgb Colour)>();
        foreach (var item in objects)
            if (PixelRectangle.Of(item.Box, image.Size) is { } box)
            {
                var text = Describe(item, classes);
                var place = places.Take(box, ImageDrawing.LabelSize(text, scale));
                labels.Push((place, text, ClassPalette.Of(item.Class)));
            }
        foreach (var (place, text, colour) in labels) canvas.Label(place.Left, place.Top, text, colour, scale);
        return canvas;
    }

    private static string Describe(DetectedObject item, IReadOnlyList<string> classes)
    {
        var name = item.Class >= 0 && item.Class < classes.Count ? classes[item.Class] : $"{item.Class}";
        return $"{name} {100 * item.Score:0} %";
    }

    // Colours tell classes apart, so a grey picture is drawn on as RGB.
    private static Image Copy(Image image) => image.Channels == 1
        ? Colours.ToLayout(image.Raster, PixelLayout.Rgb, rent: false).ToImage()
        : new(image.Width, image.Height, image.Channels, [.. image.Pixels]);

    private static int Pixels(double share) => Math.Max(1, (int)Math.Round(share, MidpointRounding.AwayFromZero));
}
