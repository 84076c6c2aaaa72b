using DeepCourse.Data;
using DeepCourse.Vision;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Augmentation;

public sealed class AugmenterTests
{
    private static readonly Augmenter Everything = new(
        new Flip(), Rotate.UpTo(10), Zoom.UpTo(1.2), Warp.UpTo(0.1), Lighting.UpTo(0.3), Contrast.UpTo(0.3),
        Saturation.UpTo(0.5),
        Hue.UpTo(20), new Cutout());

    [Fact]
    public void Draw_SameSeedEpochAndBatch_IsTheSame()
    {
        using var scope = torch.NewDisposeScope();
        var batch = Noise(4);
        var first = Draw(1, 2, 3).ToImages(batch, ImageStatistics.ImageNet);
        Assert.True(first.allclose(Draw(1, 2, 3).ToImages(batch, ImageStatistics.ImageNet), rtol: 0, atol: 0));
        foreach (var other in (BatchDraw[])[Draw(2, 2, 3), Draw(1, 3, 3), Draw(1, 2, 4)])
            Assert.False(first.allclose(other.ToImages(batch, ImageStatistics.ImageNet), rtol: 0, atol: 0));
        Assert.Equal([4, 3, 20, 24], first.shape);
        Assert.True(first.isfinite().all().item<bool>());

        static BatchDraw Draw(int seed, int epoch, int index) =>
            Everything.Draw(4, 1.2, Augmenter.RandomFor(seed, epoch, index));
    }

    [Fact]
    public void Draw_Probability_IsKept()
    {
        var augmenter = new Augmenter(new Flip { Probability = 0.3 });
        var flipped = augmenter.Draw(4000, 1, new Random(1)).Maps.Count(map => map.M11 < 0);
        Assert.InRange(flipped, 1100, 1300);
        Assert.True(new Augmenter(Rotate.UpTo(5) with { Probability = 0 }).Draw(100, 1, new Random(1)).LeavesPlaces);
    }

    [Fact]
    public void ToImages_NothingDrawn_IsPlainNormalising()
    {
        using var scope = torch.NewDisposeScope();
        var batch = Noise(2);
        var plain = ImageBatch.ToFloat(batch, ImageStatistics.Coco);
        Assert.True(plain.allclose(
            Augmenter.None.Draw(2, 1.2, new Random(1)).ToImages(batch, ImageStatistics.Coco), rtol: 0, atol: 0));
    }

    [Fact]
    public void ColourMaps_Composed_EqualOneAfterTheOther()
    {
        var maps =
            new[] { ColourMap.Gain(1.2, -0.1), ColourMap.Saturation(0.4), ColourMap.Hue(30), ColourMap.Gain(0.8, 0.1) };
        double[] colour = [0.2, 0.5, 0.7];
        var composed = maps.Aggregate(ColourMap.Identity, (all, map) => all.Then(map));
        var step = maps.Aggregate(colour, (now, map) => Apply(map, now));
        foreach (var (expected, actual) in step.Zip(Apply(composed, colour))) Assert.Equal(expected, actual, 12);

        foreach (var grey in Apply(ColourMap.Hue(77).Then(ColourMap.Saturation(3)), [0.4, 0.4, 0.4]))
            Assert.Equal(0.4, grey, 12);
        var turned = Apply(ColourMap.Hue(120), [1, 0, 0]);
        Assert.Equal(1, turned[1], 12);
        Assert.Equal(0.299, Apply(ColourMap.Saturation(0), [1, 0, 0])[2], 12);
    }

    [Fact]
    public void ToImages_Colours_AreThoseOfTheMap()
    {
        using var scope = torch.NewDisposeScope();
        var batch = Noise(3);
        var light = new Augmenter(Lighting.UpTo(0.5) with { Probability = 1 }, Contrast.UpTo(0.5));
        var tint = new Augmenter(Hue.UpTo(40), Saturation.UpTo(1) with { Probability = 1 });
        foreach (var augmenter in (Augmenter[])[light, tint])
        {
            var draw = augmenter.Draw(3, 1.2, new Random(9));
            var result = draw.ToImages(batch, ImageStatistics.None);
            for (var item = 0; item < 3; item++)
            {
                var pixel = ImageBatch.ToImage(batch, item)[5, 7].ToArray().Select(value => value / 255.0).ToArray();
                var expected = Apply(draw.Colours[item], pixel);
                for (var channel = 0; channel < 3; channel++)
                    Assert.Equal(Math.Clamp(expected[channel], 0, 1), result[item, channel, 7, 5].item<float>(), 1e-4f);
            }
        }
    }

    [Fact]
    public void Cutout_BlanksExactlyItsRectangle()
    {
        using var scope = torch.NewDisposeScope();
        var batch = torch.full([1, 40, 40, 3], 255, ScalarType.Byte);
        var draw = new Augmenter(new Cutout(0.1, 0.2) { Probability = 1 }).Draw(1, 1, new Random(5));
        var result = draw.ToImages(batch, ImageStatistics.None);
        var hole = draw.Holes[0].Single().ToPixels(PixelSize.Square(40));
        for (var y = 0; y < 40; y++)
            for (var x = 0; x < 40; x++)
            {
                var inside =
                    x + 0.5f >= hole.Left && x + 0.5f < hole.Right && y + 0.5f >= hole.Top && y + 0.5f < hole.Bottom;
                Assert.Equal(inside ? 0f : 1f, result[0, 0, y, x].item<float>());
            }
        Assert.Empty(new Augmenter(new Cutout() { Probability = 0 }).Draw(1, 1, new Random(5)).Holes[0]);
    }

    [Fact]
    public void ForNetwork_AugmentsTrainingOnly_AndMovesTargets()
    {
        using var scope = torch.NewDisposeScope();
        var batch = new Batch<Tensor, Tensor>(
            Noise(4), torch.tensor(new float[] { 0.1f, 0.1f, 0.4f, 0.5f }).repeat(4, 1), 4);
        using var data = new Loaders<Tensor, Tensor>(new OneBatch(batch), new OneBatch(batch)).ForNetwork(
            ImageStatistics.ImageNet, new Augmenter(new Flip { Probability = 1 }), seed: 1,
            (boxes, draw) => draw.ToBoxes(boxes).Boxes);
        var trained = data.Train.Batches(0).Single();
        var judged = data.Validation.Batches(0).Single();
        Assert.True(judged.Inputs.flip(3).allclose(trained.Inputs, atol: 1e-5));
        Assert.Equal(0.6f, trained.Targets[2, 0].item<float>(), 1e-5f);
        Assert.Equal(0.1f, judged.Targets[2, 0].item<float>());
        Assert.Equal((1, 4), (data.Train.Count, data.Train.ItemCount));
    }

    [Fact]
    public void Draw_ManyBatches_LeavesNoTensorBehind()
    {
        using var scope = torch.NewDisposeScope();
        var batch = Noise(4);
        var boxes = torch.rand(4, 2, 4);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var index = 0; index < 20; index++)
        {
            var draw = Everything.Draw(4, 1.2, Augmenter.RandomFor(1, 0, index));
            draw.ToImages(batch, ImageStatistics.ImageNet).Dispose();
            var (moved, kept) = draw.ToBoxes(boxes);
            moved.Dispose();
            kept.Dispose();
            draw.ToMasks(batch.select(3, 0)).Dispose();
        }
        // What is left are the 20 views of the batch that this test made itself.
        Assert.Equal(before + 20, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [SkippableFact]
    [Trait("Device", "Cuda")]
    public void ToImages_OnCuda_EqualsTheCpu()
    {
        Skip.IfNot(torch.cuda.is_available(), "there is no CUDA device");
        using var scope = torch.NewDisposeScope();
        var (batch, boxes) = (Noise(8), torch.rand(8, 3, 4));
        var draw = Everything.Draw(8, 1.2, new Random(3));
        var there = draw.ToImages(batch.cuda(), ImageStatistics.ImageNet);
        Assert.Equal(DeviceType.CUDA, there.device.type);
        Assert.True(there.cpu().allclose(draw.ToImages(batch, ImageStatistics.ImageNet), rtol: 1e-3, atol: 1e-3));
        Assert.True(draw.ToBoxes(boxes.cuda()).Boxes.cpu().allclose(draw.ToBoxes(boxes).Boxes, atol: 1e-5));
    }

    [Fact]
    public void AugmentedLoader_SharedByProcesses_DoesToEachPictureWhatOneProcessWouldDo()
    {
        using var scope = torch.NewDisposeScope();
        var pictures = Noise(8);
        var whole = Augmented(new(BatchSize: 8)).Batches(2).Single().Inputs;

        for (var rank = 0; rank < 2; rank++)
        {
            var share = Augmented(new(BatchSize: 4) { Shard = new(rank, 2) }).Batches(2).Single().Inputs;
            var places = torch.arange(rank, 8, 2);
            Assert.True(share.allclose(whole.index_select(0, places), rtol: 1e-5, atol: 1e-4));
        }

        AugmentedLoader<Tensor> Augmented(LoaderOptions options) => new(
            new TensorLoader<Tensor, Tensor>(pictures, torch.arange(8), 8, options), Everything, ImageStatistics.ImageNet, seed: 4);
    }

    [Fact]
    public void Warp_TooStrong_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Warp.UpTo(0.5));

    [Fact]
    public void Draw_OtherNumberOfPictures_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentException>(
            () => Augmenter.None.Draw(3, 1, new Random(1)).ToImages(Noise(2), ImageStatistics.None));
    }

    private static double[] Apply(ColourMap map, double[] colour) =>
        [.. Enumerable.Range(0, 3).Select(
            row => Enumerable.Range(0, 3).Sum(k => map.Matrix[(row * 3) + k] * colour[k]) + map.Offset)];

    private static Tensor Noise(int count)
    {
        var random = new Random(8);
        return ImageBatch.Of([.. Enumerable.Range(0, count).Select(_ =>
        {
            var image = new Image(24, 20, 3);
            random.NextBytes(image.Pixels);
            return image;
        })]);
    }

    private sealed class OneBatch(Batch<Tensor, Tensor> batch) : ILoader<Tensor, Tensor>
    {
        public int Count => 1;

        public int ItemCount => batch.Size;

        public IEnumerable<Batch<Tensor, Tensor>> Batches(
            int epoch, int firstBatch = 0, CancellationToken cancellation = default) => [batch];
    }
}
