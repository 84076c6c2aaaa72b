using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Detection.Loading;

public sealed class DetectionDataTests : IDisposable
{
    private static readonly DetectionData squashed = new(new SquashResize(new(96, 64)))
    {
        Statistics = ImageStatistics.None,
        LeastVisible = 0,
    };

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Kinds => new(Ways.Keys);

    private static Dictionary<string, DetectionData> Ways => new()
    {
        ["plain"] = squashed,
        ["letterbox"] = squashed with { Resize = PadResize.Around(new(160, 120), 100) },
        ["crop"] = squashed with { Resize = new CropResize(new(64, 96)) },
        ["flip"] = squashed with { Augmenter = new(new Flip(), new Flip(Vertically: true)) },
        ["zoom out"] = squashed with { Views = [new ZoomOut(3) { Probability = 1 }] },
        ["overlap crop"] = squashed with { Views = [new OverlapCrop()] },
        ["mosaic"] = squashed with { Mosaic = new(Probability: 1) },
        ["letterboxed mosaic"] = squashed with { Resize = new PadResize(new(96, 96)), Mosaic = new(1, 0.4, 1.4) },
        ["cached"] = squashed with { Views = [new ZoomOut(), new OverlapCrop()], CacheScale = 2 },
        ["several sizes"] = squashed with { Scales = new(0.5, 1.5, Every: 1) },
        ["all"] = squashed with
        {
            Resize = new PadResize(new(96, 96)),
            Augmenter = new(new Flip()),
            Mosaic = new(0.3),
            Views = [new ZoomOut(), new OverlapCrop()],
            Scales = new(0.75, 1.5, Every: 1),
        },
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_Boxes_LieAroundThePaintedPixels(string kind)
    {
        using var set = new PaintedSet(12);
        var loader = Ways[kind].LoadForTraining(set.Images, new LoaderOptions(4) { Seed = 3 });

        var compared = Enumerable.Range(0, 3).SelectMany(epoch => loader.Batches(epoch))
            .Sum(batch => PaintedSet.AssertBoxesAreOnPixels(batch, tolerance: 1.5f));

        Assert.InRange(compared, 30, 3 * 12 * PaintedSet.Classes);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_AtAnyNumberOfWorkers_AreTheSame(string kind)
    {
        using var set = new PaintedSet(7);
        var runs = new[] { 0, 1, 3 }.Select(workers => Ways[kind]
            .LoadForTraining(set.Images, new LoaderOptions(3) { Seed = 9, Workers = workers, Sampler = Sampler.Shuffled })
            .Batches(epoch: 2).ToList()).ToList();

        foreach (var run in runs.Skip(1)) AssertSame(runs[0], run);
        var resumed = Ways[kind]
            .LoadForTraining(set.Images, new LoaderOptions(3) { Seed = 9, Sampler = Sampler.Shuffled })
            .Batches(epoch: 2, firstBatch: 1).ToList();
        AssertSame(runs[0][1..], resumed);
    }

    [Fact]
    public void Batches_OfAnotherSeedOrEpoch_Differ()
    {
        using var set = new PaintedSet(4);
        Tensor First(int seed, int epoch) => Ways["all"]
            .LoadForTraining(set.Images, new LoaderOptions(4) { Seed = seed }).Batches(epoch).First().Targets.Boxes;

        Assert.NotEqual(First(1, 0).ReadFloats(), First(2, 0).ReadFloats());
        Assert.NotEqual(First(1, 0).ReadFloats(), First(1, 1).ReadFloats());
    }

    [Fact]
    public void LoadPlain_WithCache_GivesTheSamePictures()
    {
        using var set = new PaintedSet(5, size: new(192, 128));
        var plain = squashed with { Mosaic = new(1), Augmenter = new(new Flip()), Views = [new ZoomOut()] };
        var cached = (plain with { CacheScale = 1 }).LoadPlain(set.Images, new LoaderOptions(2));

        AssertSame(squashed.LoadForTraining(set.Images, new LoaderOptions(2)).Batches(0).ToList(), cached.Batches(0).ToList());
        AssertSame(cached.Batches(0).ToList(), cached.Batches(1).ToList());
    }

    [Fact]
    public void Load_ShufflesForTrainingOnly()
    {
        using var set = new PaintedSet(9);
        using var data = squashed.Load(set.Images, set.Images, new LoaderOptions(9) { Seed = 1 });

        var ordered = squashed.LoadPlain(set.Images, new LoaderOptions(9)).Batches(0).Single();
        Assert.Equal(ordered.Targets.Boxes.ReadFloats(), data.Validation.Batches(0).Single().Targets.Boxes.ReadFloats());
        var shuffled = data.Train.Batches(0).Single().Targets.Boxes;
        Assert.NotEqual(ordered.Targets.Boxes.ReadFloats(), shuffled.ReadFloats());
        Assert.Equal(ordered.Targets.Boxes.sum().ReadNumber(), shuffled.sum().ReadNumber(), 1e-3);
    }

    [Fact]
    public void Load_PicturesWithoutObjects_HaveEmptySlots()
    {
        using var set = new PaintedSet(4, withEmpty: true);

        foreach (var (kind, way) in Ways)
        {
            var batch = way.LoadForTraining(set.Images, new LoaderOptions(4) { Seed = 2 }).Batches(0).Single();
            Assert.True(batch.Targets.Boxes.isfinite().all().item<bool>(), kind);
            if (way.Mosaic is null) Assert.Equal([0L, 0L], batch.Targets.Counts.data<long>().ToArray().Where((_, item) => item % 2 == 0).ToArray());
        }
    }

    [Fact]
    public void Load_OfOtherClasses_IsAnError()
    {
        using var set = new PaintedSet(1);
        var other = new AnnotatedImages("other", ["red", "green", "cyan"], [set.Images[0]]);

        var error = Assert.Throws<ArgumentException>(() => squashed.Load(set.Images, other, new LoaderOptions(1)));

        Assert.Contains("cyan", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_OfAPictureOfAnotherSize_NameTheFile_OrSkipIt()
    {
        using var set = new PaintedSet(2);
        var images = new AnnotatedImages("wrong", set.Images.Classes, [set.Images[0], set.Images[1] with { Size = new(640, 480) }]);

        var error = Assert.Throws<ItemException>(() => squashed.LoadPlain(images, new LoaderOptions(2)).Batches(0).ToList());
        Assert.Contains("1.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("640 x 480", error.Message, StringComparison.Ordinal);

        var skipped = new List<SkippedItem>();
        var options = new LoaderOptions(2) { Unreadable = UnreadableItems.Skip, OnSkip = skipped.Add };
        Assert.Equal(1, squashed.LoadPlain(images, options).Batches(0).Single().Size);
        Assert.Equal(images[1].Path, Assert.Single(skipped).Item);
    }

    [Fact]
    public void Restore_OfWhatLiesInAFrame_GivesThePicturesOwnPixels()
    {
        var random = new Random(4);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var picture = new PixelSize(random.Next(20, 900), random.Next(20, 900));
            var how = new DetectionData(attempt % 2 == 0 ? new SquashResize(new(320, 256)) : new PadResize(new(320, 256)));
            var box = PixelBox.FromSize(random.Next(picture.Width / 2), random.Next(picture.Height / 2), picture.Width / 2, picture.Height / 2);
            var inFrame = how.PlacementOf(picture).Map(box).ToUnit(how.Resize.Frame).ToArray();
            var detections = new Detections(
                torch.tensor(inFrame, [1, 1, 4]), torch.tensor(new[] { 0.5f }, [1, 1]), torch.tensor(new[] { 2L }, [1, 1]));

            var found = Assert.Single(how.Restore(detections, 0, picture));

            Assert.Equal((2, 0.5f), (found.Class, found.Score));
            PaintedBox.AssertNear(box, found.Box, 0.01f);
        }
    }

    [Fact]
    public void Restore_CutsOffWhatLiesInTheBorders()
    {
        var how = new DetectionData(new PadResize(new(100, 100)));
        var detections = new Detections(
            torch.tensor(new[] { 0, 0, 1, 1, 0, 0, 0.5f, 0.2f }, [1, 2, 4]),
            torch.tensor(new[] { 0.9f, 0.8f }, [1, 2]), torch.tensor(new[] { 0L, 0L }, [1, 2]));

        var found = Assert.Single(how.Restore(detections, 0, new PixelSize(200, 100)));

        Assert.Equal(new PixelBox(0, 0, 200, 100), found.Box);
    }

    private static void AssertSame(
        List<Batch<Tensor, DetectionTargets>> expected, List<Batch<Tensor, DetectionTargets>> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(one.Inputs.shape, other.Inputs.shape);
            Assert.Equal(one.Inputs.ReadFloats(), other.Inputs.ReadFloats());
            Assert.Equal(one.Targets.Boxes.ReadFloats(), other.Targets.Boxes.ReadFloats());
            Assert.Equal(one.Targets.Classes.data<long>().ToArray(), other.Targets.Classes.data<long>().ToArray());
        }
    }
}
