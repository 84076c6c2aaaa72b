using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>What is going to be seen in one frame: a draw that pixels and boxes follow alike.</summary>
/// <param name="Frame">The frame's size in pixels.</param>
/// <param name="Tiles">The pictures in it, none over another.</param>
internal sealed record Collage(PixelSize Frame, IReadOnlyList<Tile> Tiles)
{
    /// <summary>Decodes and draws the pictures.</summary>
    /// <param name="fill">Red, green and blue of what no picture covers.</param>
    /// <param name="filter">The kernel.</param>
    public EncodedImage Render(ReadOnlySpan<byte> fill, ResizeFilter filter)
    {
        var pixels = PixelPool.Shared.Take(checked(Frame.Width * Frame.Height * 3));
        var target = new Raster(pixels, Frame.Width, Frame.Height, 3);
        try
        {
            if (Tiles.Sum(tile => tile.Placement.Into.Width * tile.Placement.Into.Height) < Frame.Area) Fill(pixels, fill);
            foreach (var (picture, placement) in Tiles) picture.Source.DrawInto(target, placement, picture.Size, filter);
        }
        catch
        {
            PixelPool.Shared.Give(pixels);
            throw;
        }
        return new(target);
    }

    /// <summary>The objects that can be seen.</summary>
    /// <param name="leastVisible">An object of which less is seen is left out, unless its middle is seen.</param>
    public LabeledBox[] Objects(double leastVisible) => [.. Tiles.SelectMany(tile => tile.Objects(leastVisible))];

    private static void Fill(byte[] pixels, ReadOnlySpan<byte> fill)
    {
        for (var at = 0; at < pixels.Length; at += 3) fill.CopyTo(pixels.AsSpan(at, 3));
    }
}
