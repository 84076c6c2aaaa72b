using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection;

/// <summary>The anchors of a head, as grids and shapes: from them and the size of a picture follow the boxes.</summary>
/// <remarks>Order: level by level as given, in a level row by row, in a cell shape by shape. A head's map
/// [batch, shapes * values, rows, columns] gets into this order by moving the channels last and then viewing it as
/// [batch, rows * columns * shapes, values].</remarks>
public sealed class AnchorGrid : IDisposable
{
    private readonly Dictionary<(PixelSize Size, DeviceType Type, int Index), Anchors> _made = [];

    /// <summary>Anchors of several feature maps.</summary>
    /// <param name="levels">At least one, in the order of the head's output.</param>
    public AnchorGrid(params IReadOnlyList<AnchorLevel> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfZero(levels.Count, nameof(levels));
        Levels = [.. levels];
    }

    /// <summary>The levels, in the order of the head's output.</summary>
    public IReadOnlyList<AnchorLevel> Levels { get; }

    /// <summary>Square grids in which every shape comes at every zoom.</summary>
    /// <param name="cells">Cells along each side, level by level.</param>
    /// <param name="zooms">Factors on the shapes; the outer loop.</param>
    /// <param name="shapes">In cells; the inner loop.</param>
    /// <returns>The grid.</returns>
    public static AnchorGrid Of(IReadOnlyList<int> cells, IReadOnlyList<double> zooms, IReadOnlyList<AnchorShape> shapes)
    {
        ArgumentNullException.ThrowIfNull(cells);
        AnchorShape[] all =
        [
            .. from zoom in zooms
               from shape in shapes
               select new AnchorShape(zoom * shape.Width, zoom * shape.Height),
        ];
        return new([.. cells.Select(side => AnchorLevel.OfCells(side, side, all))]);
    }

    /// <summary>The course's first head: 4 x 4 cells, one anchor of a cell's size at each; 16 anchors.</summary>
    /// <returns>The grid.</returns>
    public static AnchorGrid Course16() => Of([4], [1], [new(1, 1)]);

    /// <summary>The course's second head: grids of 4, 2 and 1 with three zooms of three shapes; 189 anchors.</summary>
    /// <param name="least">The smallest zoom; 0.75, in one of the course's variants 0.7.</param>
    /// <returns>The grid.</returns>
    /// <remarks>The course names heights first: its shape (1, 0.5) is as high as the cell and half as wide.</remarks>
    public static AnchorGrid Course189(double least = 0.75) => Of([4, 2, 1], [least, 1, 1.3], [new(1, 1), new(0.5, 1), new(1, 0.5)]);

    /// <summary>SSD300's 8,732 anchors; for pictures of 300 x 300 pixels.</summary>
    /// <returns>The grid.</returns>
    /// <remarks>Liu et al. 2016 (arXiv 1512.02325), section 2.2: scales 0.1 and 0.2 to 0.9, ratios 1, 2, 1/2 and on
    /// three levels 3 and 1/3, and a second square between a level's scale and the next one's. The cells of the first
    /// four levels are powers of two, so that the last of them stick out.</remarks>
    public static AnchorGrid Ssd300()
    {
        int[] strides = [8, 16, 32, 64, 100, 300];
        double[] scales = [0.1, 0.2, 0.375, 0.55, 0.725, 0.9, 1.075];
        double[][] ratios = [[2], [2, 3], [2, 3], [2, 3], [2], [2]];
        return new([.. strides.Select((stride, i) => AnchorLevel.OfStride(stride, Shapes(i), AnchorUnit.Picture))]);

        AnchorShape[] Shapes(int level)
        {
            var (scale, between) = (scales[level], Math.Sqrt(scales[level] * scales[level + 1]));
            return
            [
                new(scale, scale),
                new(between, between),
                .. from ratio in ratios[level]
                   from heightOverWidth in (double[])[1 / ratio, ratio]
                   select AnchorShape.OfRatio(scale, heightOverWidth),
            ];
        }
    }

    /// <summary>Anchors whose size goes with the stride of their level.</summary>
    /// <param name="strides">Pixels per cell, level by level.</param>
    /// <param name="size">Side of the square anchor at zoom 1, in cells.</param>
    /// <param name="zooms">Factors on the size; the outer loop.</param>
    /// <param name="ratios">Height over width at the same area; the inner loop.</param>
    /// <returns>The grid.</returns>
    public static AnchorGrid Strided(
        IReadOnlyList<int> strides, double size, IReadOnlyList<double> zooms, IReadOnlyList<double> ratios)
    {
        ArgumentNullException.ThrowIfNull(strides);
        AnchorShape[] shapes =
        [
            .. from zoom in zooms
               from ratio in ratios
               select AnchorShape.OfRatio(size * zoom, ratio),
        ];
        return new([.. strides.Select(stride => AnchorLevel.OfStride(stride, shapes, AnchorUnit.Cell))]);
    }

    /// <summary>RetinaNet's nine anchors at each cell: three sizes a level, in three ratios.</summary>
    /// <param name="strides">Pixels per cell, level by level; by default those of P3 to P7.</param>
    /// <returns>The grid.</returns>
    /// <remarks>Lin et al. 2017 (arXiv 1708.02002), section 4: areas of 32^2 at stride 8 to 512^2 at stride 128.</remarks>
    public static AnchorGrid RetinaNet(IReadOnlyList<int>? strides = null) =>
        Strided(strides ?? [8, 16, 32, 64, 128], 4, [1, Math.Pow(2, 1 / 3.0), Math.Pow(2, 2 / 3.0)], [0.5, 1, 2]);

    /// <summary>YOLOv3's nine anchors, three at each of three strides.</summary>
    /// <param name="strides">The order of the head's outputs; by default darknet's: 32, 16, 8.</param>
    /// <returns>The grid.</returns>
    /// <exception cref="ArgumentException">A stride other than 8, 16 and 32.</exception>
    /// <remarks>Redmon and Farhadi 2018 (arXiv 1804.02767), section 2.3; sizes in pixels of the network's
    /// input.</remarks>
    public static AnchorGrid Yolo(IReadOnlyList<int>? strides = null) => new(
    [
        .. (strides ?? [32, 16, 8]).Select(stride => AnchorLevel.OfStride(stride, stride switch
        {
            8 => [new(10, 13), new(16, 30), new(33, 23)],
            16 => [new(30, 61), new(62, 45), new(59, 119)],
            32 => [new(116, 90), new(156, 198), new(373, 326)],
            _ => throw new ArgumentException($"expected the strides 8, 16 and 32, got {stride}", nameof(strides)),
        })),
    ]);

    /// <summary>One point in the middle of every cell, for heads without anchors.</summary>
    /// <param name="strides">Pixels per cell, level by level.</param>
    /// <returns>The grid; its anchors are as large as the cells.</returns>
    public static AnchorGrid Points(params IReadOnlyList<int> strides)
    {
        ArgumentNullException.ThrowIfNull(strides);
        return new([.. strides.Select(stride => AnchorLevel.OfStride(stride, [new(1, 1)], AnchorUnit.Cell))]);
    }

    /// <summary>The anchors over a picture; made once for a size and a device.</summary>
    /// <param name="size">The size of the pictures that enter the network.</param>
    /// <param name="device">Where they should live; the CPU by default.</param>
    /// <returns>The anchors; the grid disposes them.</returns>
    public Anchors For(PixelSize size, torch.Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1, nameof(size));
        device ??= torch.CPU;
        var key = (size, device.type, device.index);
        if (_made.TryGetValue(key, out var known)) return known;
        var (boxes, cells) = (new List<float>(), new List<float>());
        foreach (var level in Levels) level.Write(size, boxes, cells);
        var made = new Anchors(
            Kept(boxes, 4, device), Kept(cells, 2, device), [.. Levels.Select(level => level.LayoutFor(size))]);
        return _made[key] = made;
    }

    /// <summary>Frees the anchors that were made.</summary>
    public void Dispose()
    {
        foreach (var anchors in _made.Values)
        {
            anchors.Boxes.Dispose();
            anchors.Cells.Dispose();
        }
        _made.Clear();
    }

    private static Tensor Kept(List<float> values, int columns, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor(values.ToArray(), [values.Count / columns, columns]).to(device).DetachFromDisposeScope();
    }
}
