using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>A picture on its way into frames, and its objects in the pixels of the size it has here.</summary>
/// <param name="Source">The pixels, decoded or not.</param>
/// <param name="Size">Their size.</param>
/// <param name="Classes">The class of each object.</param>
/// <param name="Boxes">The box of each object.</param>
internal sealed record MarkedPicture(
    ImageSource Source, PixelSize Size, IReadOnlyList<int> Classes, IReadOnlyList<PixelBox> Boxes)
{
    public static MarkedPicture Of(AnnotatedImage image) => new(
        image.Picture, image.Size, [.. image.Objects.Select(item => item.Class)],
        [.. image.Objects.Select(item => item.Box)]);

    /// <summary>The same picture decoded, no larger than so many times the size it has alone in a frame.</summary>
    public MarkedPicture Decoded(Resize resize, double multiple, ResizeFilter filter)
    {
        var alone = resize.Place(Size, new Random(0)).Scale;
        var scale = Math.Min(1, Math.Max(alone.X, alone.Y) * multiple);
        var kept = new PixelSize(ImageResizing.Rounded(Size.Width * scale), ImageResizing.Rounded(Size.Height * scale));
        var placement = new Placement(PixelArea.Whole(Size), PixelArea.Whole(kept), kept);
        var image = Image.Uninitialized(kept.Width, kept.Height, 3);
        Source.DrawInto(image.Raster, placement, Size, filter);
        return this with
        {
            Source = ImageSource.FromImage(image, Source.Name),
            Size = kept,
            Boxes = [.. Boxes.Select(placement.Map)],
        };
    }
}
