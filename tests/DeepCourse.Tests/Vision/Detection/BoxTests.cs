using DeepCourse.Tests.Data;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class BoxTests
{
    [Fact]
    public void PixelBox_BasicNumbers()
    {
        var box = PixelBox.FromSize(10, 20, 30, 40);
        Assert.Equal((new PixelBox(10, 20, 40, 60), 1200f, new PixelPoint(25, 40)), (box, box.Area, box.Center));
        Assert.Equal(box, PixelBox.FromCenter(box.Center, 30, 40));
        Assert.Equal(new UnitBox(0.1f, 0.1f, 0.4f, 0.3f), box.ToUnit(new(100, 200)));
        PaintedBox.AssertNear(box, box.ToUnit(new(77, 91)).ToPixels(new(77, 91)), 1e-4f);
        Assert.Equal(new PixelBox(10, 20, 25, 50), box.Clip(new(25, 50)));
        Assert.True(box.Clip(new(5, 5)).IsEmpty);
    }

    [Fact]
    public void PixelBox_NotANumber_IsEmptyAndNotFinite()
    {
        var box = new PixelBox(float.NaN, 0, 10, 10);
        Assert.True(box.IsEmpty);
        Assert.False(box.IsFinite);
        Assert.Equal(0, box.Area);
    }

    [Fact]
    public void IntersectionOverUnion_RandomBoxes_IsSymmetricAndBounded()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (Next(), Next());
            var overlap = a.IntersectionOverUnion(b);
            Assert.InRange(overlap, 0, 1);
            Assert.Equal(overlap, b.IntersectionOverUnion(a));
            Assert.Equal(1, a.IntersectionOverUnion(a));
            Assert.Equal(overlap, a.ToUnit(new(60, 30)).IntersectionOverUnion(b.ToUnit(new(60, 30))), 1e-4f);
        }

        PixelBox Next() => PixelBox.FromSize(random.Next(40), random.Next(40), random.Next(1, 30), random.Next(1, 30));
    }

    [Fact]
    public void LargestBox_FirstOfEqualsAndNothingForEmpty()
    {
        (string, PixelBox)[] items =
        [
            ("small", new(0, 0, 2, 2)), ("first", new(0, 0, 4, 3)), ("second", new(5, 5, 8, 9)),
            ("broken", new(9, 9, 0, 0)),
        ];
        Assert.Equal("first", LargestBox.Of(items, item => item.Item2).Item1);
        Assert.Equal(new PixelBox(0, 0, 4, 3), LargestBox.Of(items.Select(item => item.Item2)));
        Assert.Null(LargestBox.Of([new PixelBox(1, 1, 1, 5), new PixelBox(float.NaN, 0, 1, 1)]));
        Assert.Null(LargestBox.Of([]));
    }

    [Fact]
    public void BoxBlock_RoundTrip_AndErrors()
    {
        var block = new BoxBlock();
        BlockTests.Check(block, [new UnitBox(0.1f, 0.2f, 0.5f, 0.75f), UnitBox.Whole]);
        Assert.Equal(1, block.Encode(new(0.5f, 0.5f, 1.005f, 1), new Random(1))[2]);
        UnitBox[] broken = [new(0.5f, 0.5f, 0.4f, 0.9f), new(float.NaN, 0, 1, 1), new(0, 0, 30, 40), new(2, 2, 3, 3)];
        foreach (var bad in broken)
            Assert.Throws<ArgumentException>(() => block.Encode(bad, new Random(1)));
    }
}
