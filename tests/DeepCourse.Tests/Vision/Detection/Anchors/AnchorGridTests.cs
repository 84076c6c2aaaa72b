using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class AnchorGridTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Counts_AreThoseOfThePapers()
    {
        Assert.Equal(16, Count(AnchorGrid.Course16(), 224));
        Assert.Equal(189, Count(AnchorGrid.Course189(), 224));
        Assert.Equal(8732, Count(AnchorGrid.Ssd300(), 300));
        Assert.Equal(10647, Count(AnchorGrid.Yolo(), 416));
        Assert.Equal(22743, Count(AnchorGrid.Yolo(), 608));
        Assert.Equal(9 * (64 * 64 + 32 * 32 + 16 * 16 + 8 * 8 + 4 * 4), Count(AnchorGrid.RetinaNet(), 512));
        Assert.Equal(40 * 40 + 20 * 20 + 10 * 10, Count(AnchorGrid.Points(8, 16, 32), 320));
    }

    [Fact]
    public void Course16_GoesRowByRow()
    {
        using var grid = AnchorGrid.Course16();
        var boxes = grid.For(PixelSize.Square(224)).Boxes;
        for (var row = 0; row < 4; row++)
            for (var column = 0; column < 4; column++)
                AssertNear(
                    [column / 4.0, row / 4.0, (column + 1) / 4.0, (row + 1) / 4.0], boxes[(4 * row) + column].ReadNumbers());
    }

    [Fact]
    public void Course189_HasAllShapesOfACellSideBySide()
    {
        using var grid = AnchorGrid.Course189();
        var anchors = grid.For(PixelSize.Square(224));
        var (centers, sizes) = (anchors.Centers, anchors.Sizes);
        // The course writes heights first: (1, 1), (1, 0.5), (0.5, 1) under each zoom.
        (double Width, double Height)[] shapes =
        [
            (0.75, 0.75), (0.375, 0.75), (0.75, 0.375), (1, 1), (0.5, 1), (1, 0.5), (1.3, 1.3), (0.65, 1.3), (1.3, 0.65),
        ];
        var index = 0;
        foreach (var cells in (int[])[4, 2, 1])
            for (var cell = 0; cell < cells * cells; cell++)
                foreach (var (width, height) in shapes)
                {
                    AssertNear(
                        [(cell % cells + 0.5) / cells, (cell / cells + 0.5) / cells], centers[index].ReadNumbers());
                    AssertNear([width / cells, height / cells], sizes[index].ReadNumbers());
                    AssertNear([1.0 / cells, 1.0 / cells], anchors.Cells[index].ReadNumbers());
                    index++;
                }
        Assert.Equal(anchors.Count, index);
    }

    [Fact]
    public void Ssd300_FirstCell_HasThePapersShapes()
    {
        using var grid = AnchorGrid.Ssd300();
        var sizes = grid.For(PixelSize.Square(300)).Sizes;
        AssertNear([0.1, 0.1], sizes[0].ReadNumbers());
        AssertNear([Math.Sqrt(0.02), Math.Sqrt(0.02)], sizes[1].ReadNumbers());
        AssertNear([0.1 * Math.Sqrt(2), 0.1 / Math.Sqrt(2)], sizes[2].ReadNumbers());
        AssertNear([0.1 / Math.Sqrt(2), 0.1 * Math.Sqrt(2)], sizes[3].ReadNumbers());
        // The next level has six shapes a cell, of the second scale.
        AssertNear([0.2 * Math.Sqrt(3), 0.2 / Math.Sqrt(3)], sizes[4 * 38 * 38 + 4].ReadNumbers());
    }

    [Fact]
    public void RetinaNet_SizesGoWithTheStride()
    {
        using var grid = AnchorGrid.RetinaNet();
        var size = new PixelSize(640, 512);
        var anchors = grid.For(size);
        var areas = anchors.Sizes.prod(1) * size.Area;
        Assert.Equal(32 * 32, areas[1].ReadNumber(), 0.1);
        Assert.Equal(512 * 512, areas[anchors.Count - 8].ReadNumber(), 20.0);
        var shape = anchors.Sizes[0].ReadNumbers();
        Assert.Equal(0.5, shape[1] * 512 / (shape[0] * 640), 1e-5);
    }

    [Fact]
    public void Yolo_SizesArePixels_InTheOrderOfItsStrides()
    {
        using var darknet = AnchorGrid.Yolo();
        using var fine = AnchorGrid.Yolo([8, 16, 32]);
        var size = new PixelSize(416, 320);
        AssertNear([116.0 / 416, 90.0 / 320], darknet.For(size).Sizes[0].ReadNumbers());
        AssertNear([10.0 / 416, 13.0 / 320], fine.For(size).Sizes[0].ReadNumbers());
        Assert.Equal(new AnchorLayout(10, 13, 3), darknet.For(size).Levels[0]);
        Assert.Throws<ArgumentException>(() => AnchorGrid.Yolo([64]));
    }

    [Fact]
    public void Stride_ThatDoesNotDivide_LetsTheLastCellsStickOut()
    {
        using var grid = AnchorGrid.Points(32);
        var anchors = grid.For(new PixelSize(100, 64));
        Assert.Equal([new AnchorLayout(2, 4, 1)], anchors.Levels);
        AssertNear([0.96, 0.5, 1.28, 1], anchors.Boxes[7].ReadNumbers());
        AssertNear([0.32, 0.5], anchors.Cells[7].ReadNumbers());
    }

    [Fact]
    public void For_TheSameSize_IsMadeOnce_AndOutlivesTheScope()
    {
        using var grid = AnchorGrid.Points(8);
        Anchors first;
        using (NewDisposeScope()) first = grid.For(PixelSize.Square(64));
        Assert.Same(first, grid.For(PixelSize.Square(64)));
        Assert.NotSame(first, grid.For(PixelSize.Square(32)));
        Assert.Equal(64, first.Boxes.size(0));
        grid.Dispose();
        Assert.True(first.Boxes.IsInvalid);
    }

    [Fact]
    public void Of_NoLevels_OrEmptyShapes_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnchorGrid());
        Assert.Throws<ArgumentOutOfRangeException>(() => AnchorLevel.OfStride(8, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnchorLevel.OfStride(8, [new(0, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnchorLevel.OfStride(0, [new(1, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnchorLevel.OfCells(0, 1, [new(1, 1)]));
    }

    private static int Count(AnchorGrid grid, int side)
    {
        using (grid)
        {
            var anchors = grid.For(PixelSize.Square(side));
            Assert.Equal(anchors.Count, anchors.Levels.Sum(level => level.Count));
            return anchors.Count;
        }
    }

    private static void AssertNear(double[] expected, double[] actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-6);
}
