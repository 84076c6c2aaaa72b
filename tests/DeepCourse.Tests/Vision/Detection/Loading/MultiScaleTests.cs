using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection.Loading;

public sealed class MultiScaleTests
{
    private static readonly PixelSize frame = new(416, 320);

    [Fact]
    public void SizeOf_IsAMultipleOfTheStride_WithinTheRange_AndOfTheFramesShape()
    {
        var scales = new MultiScale(0.75, 1.25, Every: 1);
        var sizes = Enumerable.Range(0, 500).Select(batch => scales.SizeOf(frame, 1, 0, batch)).ToList();

        Assert.All(sizes, size => Assert.Equal((0, 0), (size.Width % 32, size.Height % 32)));
        Assert.Equal((320, 512), (sizes.Min(size => size.Width), sizes.Max(size => size.Width)));
        Assert.All(sizes, size => Assert.InRange(size.AspectRatio, 1.15, 1.45));
    }

    [Fact]
    public void SizeOf_StaysForAFewBatches_AndFollowsFromSeedEpochAndBatch()
    {
        var scales = new MultiScale(0.5, 1.5, Every: 10);
        PixelSize[] Epoch(int seed, int epoch) => [.. Enumerable.Range(0, 100).Select(batch => scales.SizeOf(frame, seed, epoch, batch))];

        Assert.All(Epoch(1, 0).Chunk(10), block => Assert.Single(block.Distinct()));
        Assert.InRange(Epoch(1, 0).Distinct().Count(), 4, 10);
        Assert.Equal(Epoch(1, 0), Epoch(1, 0));
        Assert.NotEqual(Epoch(1, 0), Epoch(1, 1));
        Assert.NotEqual(Epoch(1, 0), Epoch(2, 0));
    }

    [Fact]
    public void SizeOf_IsNeverNothing() =>
        Assert.Equal(new PixelSize(32, 32), new MultiScale(0.01, 0.01).SizeOf(new(64, 48), 0, 0, 0));
}
