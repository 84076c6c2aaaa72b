using DeepCourse.Data;
using DeepCourse.Vision;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Transforms;

public sealed class ProgressiveSizesTests
{
    [Fact]
    public void At_IsTheSizeOfTheEpochsRange()
    {
        var sizes = ProgressiveSizes.Of((0, 128), (3, 160), (10, 224));

        Assert.Equal([128, 128, 160, 160, 224, 224], new[] { 0, 2, 3, 9, 10, 99 }.Select(sizes.At));
        Assert.Throws<ArgumentOutOfRangeException>(() => sizes.At(-1));
    }

    [Fact]
    public void Of_EpochsThatDoNotRiseOrNoSize_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ProgressiveSizes.Of());
        Assert.Throws<ArgumentException>(() => ProgressiveSizes.Of((1, 64)));
        Assert.Throws<ArgumentException>(() => ProgressiveSizes.Of((0, 64), (0, 96)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProgressiveSizes.Of((0, 0)));
    }

    [Theory]
    [InlineData(160, 224, 16)]
    [InlineData(20, 32, 8)]
    [InlineData(64, 64, 5)]
    [InlineData(64, 256, 1)]
    public void Rising_NeverFallsAndHoldsTheLargestAtTheEnd(int least, int most, int epochs)
    {
        var sizes = ProgressiveSizes.Rising(least, most, epochs, hold: 0.25, multiple: 8);

        int[] sides = [.. Enumerable.Range(0, epochs).Select(sizes.At)];
        Assert.Equal(least, sides[0]);
        Assert.Equal(sides.Order(), sides);
        if (epochs > 1) Assert.All(sides[^(epochs / 4)..], side => Assert.Equal(most, side));
        Assert.All(sides[1..], side => Assert.True(side == least || side == most || side % 8 == 0));
    }

    [Fact]
    public void Load_PicturesOfEachSizeInTheirEpochsAndForValidation()
    {
        using var scope = torch.NewDisposeScope();
        var images = Enumerable.Range(0, 6).Select(index => new Image(40, 30, 3)).ToArray();

        using var data = ProgressiveSizes.Of((0, 8), (2, 16)).Load(side => DataBlock
            .Of(new ImageBlock(side), new NumberBlock(), (Image image) => ImageSource.FromImage(image), _ => 0f)
            .Split(Split.ByIndex([0, 1]))
            .Load(images, new(BatchSize: 32 / side) { Workers = 0 }));

        long[] sides = [SideOf(data.Validation, 0), SideOf(data.Train, 2), SideOf(data.Train, 9), SideOf(data.Validation, 0), SideOf(data.Train, 1), SideOf(data.Validation, 0)];
        Assert.Equal([16, 16, 16, 16, 8, 8], sides);
        Assert.Equal((1, 2), (data.Train.CountIn(1), data.Train.CountIn(2)));
    }

    [Fact]
    public void Shrink_BatchesOnTheDevice_AreResizedAndLargeOnesPassThrough()
    {
        using var scope = torch.NewDisposeScope();
        var pictures = torch.rand(4, 3, 32, 32);
        var source = new TensorLoader<Tensor, Tensor>(pictures, torch.arange(4), 4, new(BatchSize: 4));
        var loader = ProgressiveSizes.Of((0, 24), (5, 32)).Shrink(source);

        var small = loader.Batches(4).Single();

        Assert.Equal([4, 3, 24, 24], small.Inputs.shape);
        Assert.Equal(pictures.mean().item<float>(), small.Inputs.mean().item<float>(), 0.02f);
        Assert.True(loader.Batches(5).Single().Inputs.allclose(pictures, rtol: 0, atol: 0));
        Assert.Equal((1, 4, 1), (loader.Count, loader.ItemCount, loader.CountIn(4)));
    }

    private static long SideOf(ILoader<Tensor, Tensor> loader, int epoch) => loader.Batches(epoch).First().Inputs.shape[1];
}
