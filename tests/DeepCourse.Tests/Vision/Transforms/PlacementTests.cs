using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Transforms;

public sealed class PlacementTests
{
    private static readonly Resize[] Resizes =
    [
        Resize.Squash(64), Resize.Crop(64), Resize.Pad(64), Resize.RandomCrop(64),
        new SquashResize(new(96, 40)), new CropResize(new(96, 40)), new PadResize(new(96, 40)),
        new RandomResizedCrop(new(96, 40), 0.2),
    ];

    [Fact]
    public void Place_AnyResize_StaysInsidePictureAndFrame()
    {
        var random = new Random(1);
        foreach (var resize in Resizes)
            for (var i = 0; i < 200; i++)
            {
                var picture = new PixelSize(random.Next(1, 300), random.Next(1, 300));
                var (from, into, frame) = resize.Place(picture, random);
                Assert.Equal(resize.Frame, frame);
                Assert.True(from.Left >= 0 && from.Top >= 0);
                Assert.True(from.Right <= picture.Width + 1e-9 && from.Bottom <= picture.Height + 1e-9);
                Assert.True(
                    into.Left >= 0 && into.Top >= 0 && into.Right <= frame.Width && into.Bottom <= frame.Height);
                Assert.Equal(into, new PixelArea((int)into.Left, (int)into.Top, (int)into.Width, (int)into.Height));
            }
    }

    [Fact]
    public void Place_APaintedBox_ComesToLieWhereItsBoxDoes()
    {
        var random = new Random(2);
        foreach (var resize in Resizes)
            for (var i = 0; i < 20; i++)
            {
                var size = new PixelSize(random.Next(100, 200), random.Next(100, 200));
                var box = PixelBox.FromSize(
                    random.Next(0, 50), random.Next(0, 50), random.Next(30, 50), random.Next(30, 50));
                var placement = resize.Place(size, random);
                var seen = PaintedBox.Find(placement.Apply(PaintedBox.Paint(size, box)));
                var moved = placement.MapVisible(box, leastVisible: 0);
                if (seen is not { } found || moved is not { Width: >= 3, Height: >= 3 } expected) continue;
                PaintedBox.AssertNear(expected, found, 1);
            }
    }

    [Theory]
    [InlineData(640, 480, 320, 32, 320, 256)]
    [InlineData(640, 480, 320, 16, 320, 240)]
    [InlineData(333, 500, 416, 32, 288, 416)]
    [InlineData(1000, 10, 100, 32, 128, 32)]
    public void PadResize_Around_IsTheSmallestFrameOfMultiples(
        int width, int height, int longest, int multiple, int frameWidth, int frameHeight)
    {
        var resize = PadResize.Around(new(width, height), longest, multiple);
        Assert.Equal(new PixelSize(frameWidth, frameHeight), resize.Frame);
        var (horizontal, vertical) = resize.Place(new(width, height), new Random(1)).Scale;
        Assert.True(horizontal * width <= frameWidth && vertical * height <= frameHeight);
    }

    [Fact]
    public void Place_PictureAndMask_AgreePixelByPixel()
    {
        var random = new Random(3);
        var box = new PixelBox(30, 20, 90, 70);
        var size = new PixelSize(120, 100);
        var placement = Resize.RandomCrop(80).Place(size, random);
        var picture = PaintedBox.Find(placement.Apply(PaintedBox.Paint(size, box)));
        var mask = PaintedBox.Find(placement.Apply(PaintedBox.Paint(size, box, channels: 1), ResizeFilter.Nearest));
        PaintedBox.AssertNear(picture!.Value, mask!.Value, 1);
    }

    [Fact]
    public void MapVisible_DropsWhatIsHardlySeen()
    {
        var placement = new Placement(new(50, 0, 50, 100), new(0, 0, 100, 100), new(100, 100));
        (string, PixelBox)[] items =
        [
            ("seen", new(60, 10, 80, 20)), ("half", new(40, 0, 60, 10)), ("gone", new(0, 0, 20, 20)),
            ("sliver", new(10, 0, 52, 10)),
        ];
        var kept = placement.MapVisible(items, item => item.Item2, (item, moved) => (item.Item1, moved));
        Assert.Equal([("seen", new(20, 10, 60, 20)), ("half", new PixelBox(0, 0, 20, 10))], kept);
        Assert.Equal(
            3, placement.MapVisible(items, item => item.Item2, (item, moved) => (item.Item1, moved), 0.01).Count);
    }

    [Fact]
    public void Restore_UndoesMap()
    {
        var placement = Resize.Pad(64).Place(new(200, 100), new Random(1));
        var box = new PixelBox(13, 44, 150, 91);
        PaintedBox.AssertNear(box, placement.Restore(placement.Map(box)), 1e-3f);
        Assert.Equal(new PixelBox(0, 16, 64, 48), placement.Map(new PixelBox(0, 0, 200, 100)));
    }

    [Fact]
    public void RandomCrop_SameSeed_SameDraw()
    {
        var resize = Resize.RandomCrop(32);
        var draws = Enumerable.Range(0, 5).Select(seed => resize.Place(new(90, 70), new Random(seed))).ToArray();
        Assert.Equal(draws, Enumerable.Range(0, 5).Select(seed => resize.Place(new(90, 70), new Random(seed))));
        Assert.Equal(5, draws.Distinct().Count());
    }
}
