using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>Where a picture goes in the frame that a model sees: one draw, applied alike to the picture, its mask, its
/// boxes and its points.</summary>
/// <param name="From">The part of the picture that is used, in its pixels.</param>
/// <param name="Into">The part of the frame that it fills, in whole pixels of the frame; the rest is filled with one
/// colour.</param>
/// <param name="Frame">The frame's size in pixels.</param>
public readonly record struct Placement(PixelArea From, PixelArea Into, PixelSize Frame)
{
    /// <summary>Boxes that keep less than this share of their area in the frame are dropped unless told
    /// otherwise.</summary>
    public const double DefaultLeastVisible = 0.25;

    /// <summary>Frame pixels per picture pixel, across and down.</summary>
    public (double X, double Y) Scale => (Into.Width / From.Width, Into.Height / From.Height);

    /// <summary>Where a point of the picture comes to lie; may be outside the frame.</summary>
    /// <param name="point">A point of the picture.</param>
    /// <returns>The point in the frame.</returns>
    public PixelPoint Map(PixelPoint point) => new(
        (float)(((point.X - From.Left) * Scale.X) + Into.Left), (float)(((point.Y - From.Top) * Scale.Y) + Into.Top));

    /// <summary>Where a box of the picture comes to lie, without clipping.</summary>
    /// <param name="box">A box of the picture.</param>
    /// <returns>The box in the frame.</returns>
    public PixelBox Map(PixelBox box)
    {
        var (first, last) = (Map(new PixelPoint(box.Left, box.Top)), Map(new PixelPoint(box.Right, box.Bottom)));
        return new(first.X, first.Y, last.X, last.Y);
    }

    /// <summary>The visible part of a box, if enough of it is left.</summary>
    /// <param name="box">A box of the picture.</param>
    /// <param name="leastVisible">The share of its area that must be visible.</param>
    /// <returns>The box in the frame, clipped to the part of the picture that is used; null when it is
    /// dropped.</returns>
    public PixelBox? MapVisible(PixelBox box, double leastVisible = DefaultLeastVisible)
    {
        var mapped = Map(box);
        var visible = mapped.Intersect(
            new((float)Into.Left, (float)Into.Top, (float)Into.Right, (float)Into.Bottom));
        return !visible.IsEmpty && visible.Area >= leastVisible * mapped.Area ? visible : null;
    }

    /// <summary>Moves annotated objects into the frame and drops those that are no longer visible.</summary>
    /// <typeparam name="T">An annotation with a box.</typeparam>
    /// <param name="items">The objects of one picture.</param>
    /// <param name="boxOf">The box of an object.</param>
    /// <param name="withBox">The object with another box.</param>
    /// <param name="leastVisible">The share of a box's area that must be visible.</param>
    /// <returns>The objects that are left, in order.</returns>
    public IReadOnlyList<T> MapVisible<T>(
        IEnumerable<T> items, Func<T, PixelBox> boxOf, Func<T, PixelBox, T> withBox,
        double leastVisible = DefaultLeastVisible)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(boxOf);
        ArgumentNullException.ThrowIfNull(withBox);
        var kept = new List<T>();
        foreach (var item in items)
            if (MapVisible(boxOf(item), leastVisible) is { } box) kept.Add(withBox(item, box));
        return kept;
    }

    /// <summary>Brings a point of the frame, such as a prediction, back to the picture.</summary>
    /// <param name="point">A point of the frame.</param>
    /// <returns>The point in the picture.</returns>
    public PixelPoint Restore(PixelPoint point) => new(
        (float)(((point.X - Into.Left) / Scale.X) + From.Left), (float)(((point.Y - Into.Top) / Scale.Y) + From.Top));

    /// <summary>Brings a box of the frame, such as a prediction, back to the picture.</summary>
    /// <param name="box">A box of the frame.</param>
    /// <returns>The box in the picture, not clipped.</returns>
    public PixelBox Restore(PixelBox box)
    {
        var (first, last) = (
            Restore(new PixelPoint(box.Left, box.Top)), Restore(new PixelPoint(box.Right, box.Bottom)));
        return new(first.X, first.Y, last.X, last.Y);
    }

    /// <summary>Draws a picture or a mask into the frame.</summary>
    /// <param name="image">The picture this placement was made for, or a mask of the same size.</param>
    /// <param name="filter">The kernel; <see cref="ResizeFilter.Nearest"/> for masks.</param>
    /// <param name="fill">Colour around the picture, one sample a channel; black (and transparent) when empty.</param>
    /// <returns>A picture of the frame's size.</returns>
    public Image Apply(Image image, ResizeFilter filter = ResizeFilter.Bilinear, params ReadOnlySpan<byte> fill)
    {
        ArgumentNullException.ThrowIfNull(image);
        var target = Image.Uninitialized(Frame.Width, Frame.Height, image.Channels);
        Draw(image.Raster, From, target.Raster, filter, fill);
        return target;
    }

    /// <summary>Whether the frame is the picture itself.</summary>
    internal bool IsIdentity(PixelSize picture) =>
        Frame == picture && From == PixelArea.Whole(picture) && Into == PixelArea.Whole(Frame);

    /// <summary>Draws pixels that may be a smaller decoding of the picture.</summary>
    /// <param name="source">The pixels.</param>
    /// <param name="from">The part to use, in pixels of that decoding.</param>
    /// <param name="target">A raster of the frame's size.</param>
    /// <param name="filter">The kernel.</param>
    /// <param name="fill">Colour around the picture.</param>
    /// <param name="mirrored">Whether the frame's left and right change places.</param>
    internal void Draw(
        Raster source, PixelArea from, Raster target, ResizeFilter filter, ReadOnlySpan<byte> fill, bool mirrored = false)
    {
        var inner = new PixelSize((int)Math.Round(Into.Width), (int)Math.Round(Into.Height));
        if (inner == Frame && source.Size == Frame && from == PixelArea.Whole(Frame) && !mirrored)
        {
            source.Span.CopyTo(target.Span);
            return;
        }
        if (inner != Frame) Fill(target, fill);
        var left = (int)Math.Round(Into.Left);
        if (mirrored) left = Frame.Width - left - inner.Width;
        Resampler.Resize(source, from, target, left, (int)Math.Round(Into.Top), inner, filter, mirrored);
    }

    private static void Fill(Raster target, ReadOnlySpan<byte> fill)
    {
        var pixels = target.Span;
        if (fill.Length is 0 or 1) pixels.Fill(fill.IsEmpty ? (byte)0 : fill[0]);
        else
            for (var at = 0; at < pixels.Length; at += target.Channels) fill[..target.Channels].CopyTo(pixels[at..]);
    }
}
