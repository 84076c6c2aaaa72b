using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Finds the placement that shows a view of a picture, which may reach beyond the picture.</summary>
internal static class ViewPlacement
{
    /// <summary>Places a view as if it were the picture.</summary>
    /// <param name="view">What is seen, in the picture's pixels.</param>
    /// <param name="picture">The picture's size.</param>
    /// <param name="resize">How views become frames.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns>The placement of what there is of the picture in the view; null where there is nothing.</returns>
    public static Placement? Of(PixelArea view, PixelSize picture, Resize resize, Random random)
    {
        var size = new PixelSize(ImageResizing.Rounded(view.Width), ImageResizing.Rounded(view.Height));
        var place = resize.Place(size, random);
        var seen = place.From.Scaled(view.Width / size.Width, view.Height / size.Height);
        return Cut(seen with { Left = view.Left + seen.Left, Top = view.Top + seen.Top }, place.Into, picture, resize.Frame);
    }

    /// <summary>Cuts off what is seen beyond the picture, and the part of the frame that would show it.</summary>
    /// <param name="seen">What is seen, in the picture's pixels.</param>
    /// <param name="into">Where in the frame, in whole pixels.</param>
    /// <param name="picture">The picture's size.</param>
    /// <param name="frame">The frame's size.</param>
    public static Placement? Cut(PixelArea seen, PixelArea into, PixelSize picture, PixelSize frame)
    {
        var across = Cut(seen.Left, seen.Width, into.Left, into.Width, picture.Width);
        var down = Cut(seen.Top, seen.Height, into.Top, into.Height, picture.Height);
        return across is not { } x || down is not { } y
            ? null
            : new(new(x.From, y.From, x.Length, y.Length), new(x.Into, y.Into, x.Pixels, y.Pixels), frame);
    }

    private static (double From, double Length, double Into, double Pixels)? Cut(
        double start, double length, double into, double pixels, int limit)
    {
        var (first, last) = (Math.Max(start, 0), Math.Min(start + length, limit));
        if (!(last > first)) return null;
        var scale = pixels / length;
        var begin = Math.Clamp(Math.Round(into + ((first - start) * scale)), into, into + pixels - 1);
        var end = Math.Clamp(Math.Round(into + ((last - start) * scale)), begin + 1, into + pixels);
        return (first, last - first, begin, end - begin);
    }
}
