using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection;

/// <summary>The anchors of one feature map: a grid of cells with the same shapes at each.</summary>
/// <remarks>The grid has a fixed number of cells for pictures of any size, or cells of a fixed number of pixels.</remarks>
public sealed record AnchorLevel
{
    private readonly int _rows;
    private readonly int _columns;

    private AnchorLevel(int rows, int columns, int stride, IReadOnlyList<AnchorShape> shapes, AnchorUnit unit, double offset)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentOutOfRangeException.ThrowIfZero(shapes.Count, nameof(shapes));
        foreach (var shape in shapes)
            if (!(shape.Width > 0 && shape.Height > 0))
                throw new ArgumentOutOfRangeException(nameof(shapes), shape, "an anchor needs a width and a height above 0");
        (_rows, _columns, Stride, Shapes, Unit, Offset) = (rows, columns, stride, [.. shapes], unit, offset);
    }

    /// <summary>Pixels per cell; 0 for a grid with a fixed number of cells.</summary>
    public int Stride { get; }

    /// <summary>The shapes at each cell, in the head's order.</summary>
    public IReadOnlyList<AnchorShape> Shapes { get; }

    /// <summary>What <see cref="Shapes"/> are measured in.</summary>
    public AnchorUnit Unit { get; }

    /// <summary>Where in its cell an anchor has its middle: 0.5 is the cell's middle.</summary>
    public double Offset { get; }

    /// <summary>A grid that divides any picture into the same number of cells.</summary>
    /// <param name="rows">Cells down.</param>
    /// <param name="columns">Cells across.</param>
    /// <param name="shapes">The shapes at each cell.</param>
    /// <param name="unit">What they are measured in.</param>
    /// <param name="offset">Where in its cell an anchor has its middle.</param>
    /// <returns>The level.</returns>
    public static AnchorLevel OfCells(
        int rows, int columns, IReadOnlyList<AnchorShape> shapes, AnchorUnit unit = AnchorUnit.Cell, double offset = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return new(rows, columns, 0, shapes, unit, offset);
    }

    /// <summary>A grid of square cells; the last ones stick out where the stride does not divide the picture.</summary>
    /// <param name="stride">Pixels per cell.</param>
    /// <param name="shapes">The shapes at each cell.</param>
    /// <param name="unit">What they are measured in.</param>
    /// <param name="offset">Where in its cell an anchor has its middle.</param>
    /// <returns>The level.</returns>
    public static AnchorLevel OfStride(
        int stride, IReadOnlyList<AnchorShape> shapes, AnchorUnit unit = AnchorUnit.Pixel, double offset = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        return new(0, 0, stride, shapes, unit, offset);
    }

    /// <summary>The grid over a picture.</summary>
    /// <param name="size">The picture's size.</param>
    /// <returns>Rows, columns and shapes per cell.</returns>
    public AnchorLayout LayoutFor(PixelSize size) => Stride == 0
        ? new(_rows, _columns, Shapes.Count)
        : new((size.Height + Stride - 1) / Stride, (size.Width + Stride - 1) / Stride, Shapes.Count);

    /// <summary>Writes the anchors over a picture in the list's order.</summary>
    /// <param name="size">The picture's size.</param>
    /// <param name="boxes">Gets (left, top, right, bottom) of each anchor, as shares.</param>
    /// <param name="cells">Gets width and height of each anchor's cell, as shares.</param>
    internal void Write(PixelSize size, List<float> boxes, List<float> cells)
    {
        var layout = LayoutFor(size);
        var cellWidth = Stride == 0 ? 1.0 / layout.Columns : (double)Stride / size.Width;
        var cellHeight = Stride == 0 ? 1.0 / layout.Rows : (double)Stride / size.Height;
        var (unitWidth, unitHeight) = Unit switch
        {
            AnchorUnit.Cell => (cellWidth, cellHeight),
            AnchorUnit.Pixel => (1.0 / size.Width, 1.0 / size.Height),
            _ => (1.0, 1.0),
        };
        for (var row = 0; row < layout.Rows; row++)
            for (var column = 0; column < layout.Columns; column++)
                foreach (var shape in Shapes)
                {
                    var (x, y) = ((column + Offset) * cellWidth, (row + Offset) * cellHeight);
                    var (halfWidth, halfHeight) = (shape.Width * unitWidth / 2, shape.Height * unitHeight / 2);
                    boxes.AddRange([(float)(x - halfWidth), (float)(y - halfHeight), (float)(x + halfWidth), (float)(y + halfHeight)]);
                    cells.AddRange([(float)cellWidth, (float)cellHeight]);
                }
    }
}
