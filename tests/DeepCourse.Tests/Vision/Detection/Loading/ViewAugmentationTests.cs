using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection.Loading;

public sealed class ViewAugmentationTests
{
    private static readonly PixelArea whole = PixelArea.Whole(new(300, 200));

    [Fact]
    public void ZoomOut_HoldsThePicture_AndGrowsUpToItsMost()
    {
        var (random, factors) = (new Random(1), new List<double>());
        for (var i = 0; i < 2000; i++)
        {
            var view = new ZoomOut(4).Draw(whole, [], random);
            Assert.True(view.Left <= 0 && view.Top <= 0 && view.Right >= 300 && view.Bottom >= 200);
            Assert.Equal(whole.Width / whole.Height, view.Width / view.Height, 9);
            factors.Add(view.Width / whole.Width);
        }
        Assert.InRange(factors.Min(), 1, 1.01);
        Assert.InRange(factors.Max(), 3.99, 4);
        Assert.InRange(factors.Average(), 2.4, 2.6);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void OverlapCrop_OverlapsAnObjectByTheMinimum_AndHoldsAMiddle(double least)
    {
        var (random, crops) = (new Random(2), 0);
        PixelBox[] boxes = [new(10, 10, 210, 170), new(200, 20, 280, 190), new(5, 150, 30, 180)];
        var crop = new OverlapCrop { LeastOverlaps = [least] };
        for (var i = 0; i < 500; i++)
        {
            var view = crop.Draw(whole, boxes, random);
            if (view == whole) continue;
            crops++;
            var edges = PixelBox.FromArea(view);
            Assert.True(view.Left >= 0 && view.Top >= 0 && view.Right <= 300 + 1e-9 && view.Bottom <= 200 + 1e-9);
            Assert.InRange(view.Width / 300, 0.3, 1);
            Assert.InRange(view.Width / 300 / (view.Height / 200), 0.5, 2);
            Assert.True(boxes.Max(edges.IntersectionOverUnion) >= least);
            Assert.Contains(boxes, box => edges.Holds(box.Center));
        }
        Assert.InRange(crops, 10, 400);
    }

    [Fact]
    public void OverlapCrop_OfSmallObjectsOnly_GivesAnyPartOrTheWhole()
    {
        var random = new Random(3);
        PixelBox[] boxes = [new(10, 10, 14, 14), new(200, 20, 206, 25)];
        var views = Enumerable.Range(0, 400).Select(_ => new OverlapCrop().Draw(whole, boxes, random)).ToList();
        Assert.InRange(views.Count(view => view == whole), 100, 300);
        Assert.All(views, view => Assert.Contains(boxes, box => PixelBox.FromArea(view).Holds(box.Center)));
    }

    [Fact]
    public void OverlapCrop_WithoutObjects_CropsAllTheSame()
    {
        var random = new Random(4);
        var views = Enumerable.Range(0, 100).Select(_ => new OverlapCrop().Draw(whole, [], random)).ToList();
        Assert.Contains(whole, views);
        Assert.Contains(views, view => view.Width < 200);
    }

    [Fact]
    public void OverlapCrop_OfACanvasThatIsLarger_MayShowWhatIsBeyondThePicture()
    {
        var random = new Random(5);
        PixelBox[] boxes = [new(0, 0, 300, 200)];
        var canvas = new PixelArea(-300, -200, 900, 600);
        var views = Enumerable.Range(0, 100).Select(_ => new OverlapCrop().Draw(canvas, boxes, random)).ToList();
        Assert.Contains(views, view => view != canvas && view.Left < 0);
    }
}
