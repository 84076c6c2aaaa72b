using DeepCourse.Vision;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Detection.Loading;

public sealed class ViewPlacementTests
{
    private static readonly PixelSize frame = new(96, 64);

    [Fact]
    public void Of_AnyView_ShowsThePictureWhereTheViewIs()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var picture = new PixelSize(random.Next(50, 300), random.Next(50, 300));
            var view = new PixelArea(
                random.Next(-100, 40), random.Next(-100, 40), random.Next(150, 400), random.Next(150, 400));
            var placement = ViewPlacement.Of(view, picture, new SquashResize(frame), random)!.Value;
            var (from, into) = (placement.From, placement.Into);

            Assert.True(from.Left >= 0 && from.Top >= 0 && from.Right <= picture.Width + 1e-9 && from.Bottom <= picture.Height + 1e-9);
            Assert.Equal(into, new PixelArea((int)into.Left, (int)into.Top, (int)into.Width, (int)into.Height));
            Assert.True(into.Left >= 0 && into.Top >= 0 && into.Right <= frame.Width && into.Bottom <= frame.Height);
            foreach (var (x, y) in ((double, double)[])[(from.Left, from.Top), (from.Right, from.Bottom)])
            {
                var shown = placement.Map(new PixelPoint((float)x, (float)y));
                Assert.Equal((x - view.Left) / view.Width * frame.Width, shown.X, 0.51);
                Assert.Equal((y - view.Top) / view.Height * frame.Height, shown.Y, 0.51);
            }
        }
    }

    [Fact]
    public void Of_TheWholePicture_IsWhatTheResizeSays()
    {
        var random = new Random(2);
        foreach (var resize in (Resize[])[new SquashResize(frame), new PadResize(frame), new CropResize(frame)])
            for (var i = 0; i < 50; i++)
            {
                var picture = new PixelSize(random.Next(20, 300), random.Next(20, 300));
                var expected = resize.Place(picture, random);
                var actual = ViewPlacement.Of(PixelArea.Whole(picture), picture, resize, random)!.Value;
                Assert.Equal((expected.Into, expected.Frame), (actual.Into, actual.Frame));
                PaintedBox.AssertNear(PixelBox.FromArea(expected.From), PixelBox.FromArea(actual.From), 1e-4f);
            }
    }

    [Fact]
    public void Of_AViewBesideThePicture_IsNothing() => Assert.Null(
        ViewPlacement.Of(new(100, 0, 50, 50), new(100, 50), new SquashResize(frame), new Random(1)));

    [Theory]
    [InlineData(0.5, 1.0)]
    [InlineData(1.2, 3.0)]
    public void Mosaic_FourPictures_MeetAtOnePoint_AtSizesOfTheRange(double least, double most)
    {
        var random = new Random(3);
        MarkedPicture[] four =
        [
            .. Enumerable.Range(0, 4).Select(i => new MarkedPicture(
                ImageSource.FromImage(new Image(1, 1, 3)), new(100 + (20 * i), 80 + (30 * i)), [], [])),
        ];
        var resize = new PadResize(frame);
        for (var i = 0; i < 200; i++)
        {
            var tiles = new Mosaic(1, least, most).Draw(four, resize, random);
            Assert.Equal(4, tiles.Count);
            var (x, y) = (tiles[0].Placement.Into.Right, tiles[0].Placement.Into.Bottom);
            Assert.InRange(x, 24, 72);
            Assert.InRange(y, 16, 48);
            Assert.Equal([(x, y), (x, y), (x, y)], [Corner(tiles[1], false, true), Corner(tiles[2], true, false), Corner(tiles[3], false, false)]);
            foreach (var (picture, placement) in tiles)
            {
                var alone = resize.Place(picture.Size, random).Scale;
                // Whole pixels leave a little room.
                Assert.InRange(placement.Scale.X / alone.X, least * 0.9, most * 1.1);
                Assert.InRange(placement.Scale.Y / alone.Y, least * 0.9, most * 1.1);
            }
        }

        static (double, double) Corner(Tile tile, bool right, bool bottom) => (
            right ? tile.Placement.Into.Right : tile.Placement.Into.Left,
            bottom ? tile.Placement.Into.Bottom : tile.Placement.Into.Top);
    }
}
