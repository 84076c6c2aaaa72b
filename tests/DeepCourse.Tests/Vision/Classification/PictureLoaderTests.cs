using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Classification;
using DeepCourse.Vision.Datasets;

namespace DeepCourse.Tests.Vision.Classification;

/// <summary>Pictures whose bytes tell where they come from, so that a batch can be read back.</summary>
public sealed class PictureLoaderTests : IDisposable
{
    private const int Size = 8;
    private static readonly (double[], double[]) plain = ([0, 0, 0], [1.0 / 255, 1.0 / 255, 1.0 / 255]);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly LabeledPictures _pictures;

    public PictureLoaderTests()
    {
        // Channel 0 tells the picture, channel 1 the row, channel 2 the column.
        var values = zeros([20, Size, Size, 3], ScalarType.Byte);
        values.narrow(3, 0, 1).add_(arange(20, ScalarType.Byte).view(-1, 1, 1, 1));
        values.narrow(3, 1, 1).add_(arange(Size, ScalarType.Byte).view(1, -1, 1, 1));
        values.narrow(3, 2, 1).add_(arange(Size, ScalarType.Byte).view(1, 1, -1, 1));
        _pictures = new("marked", ["even", "odd"], values, arange(20, ScalarType.Int64).remainder(2));
    }

    public void Dispose()
    {
        _pictures.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void ForTests_InOrder_AllOfThem_AsTheyAre()
    {
        using var loader = new PictureLoader(_pictures, plain, new(8));

        var batches = loader.Batches(0).ToList();

        Assert.Equal([8, 8, 4], batches.Select(batch => batch.Size));
        Assert.Equal((3, 20), (loader.Count, loader.ItemCount));
        Assert.Equal(Enumerable.Range(0, 20).Select(item => (float)item), batches.SelectMany(batch => batch.Inputs.select(1, 0).select(1, 0).select(1, 0).ReadFloats()));
        Assert.Equal([1, 3, Size, Size], batches[2].Inputs.narrow(0, 0, 1).shape);
        Assert.Equal(Enumerable.Range(0, Size).Select(row => (float)row), batches[0].Inputs[3][1].select(1, 5).ReadFloats());
    }

    [Fact]
    public void ForTraining_ShuffledAnewEachEpoch_LabelsStayWithTheirPictures_TheRestIsLeftOut()
    {
        using var loader = Loader(PictureAugmentation.None);

        var first = Items(loader, 0);

        Assert.Equal((2, 16), (loader.Count, loader.ItemCount));
        Assert.Equal(16, first.Distinct().Count());
        Assert.Equal(first, Items(loader, 0));
        Assert.NotEqual(first, Items(loader, 1));
        Assert.Equal(first.Skip(8), loader.Batches(0, firstBatch: 1).SelectMany(Items));
        foreach (var batch in loader.Batches(0))
            Assert.Equal(Items(batch).Select(item => (float)(item % 2)), batch.Targets.ReadFloats());
    }

    [Fact]
    public void Alternating_MirrorsEveryPictureInEverySecondEpoch()
    {
        using var loader = Loader(new(Mirroring.Alternating), batch: 20);

        var epochs = Enumerable.Range(0, 4).Select(epoch => Mirrored(loader, epoch)).ToList();

        Assert.InRange(epochs[0].Count(mirrored => mirrored), 3, 17);
        Assert.Equal(epochs[0].Select(mirrored => !mirrored), epochs[1]);
        Assert.Equal(epochs[0], epochs[2]);
        Assert.Equal(epochs[1], epochs[3]);
    }

    [Fact]
    public void Random_MirrorsOthersInEveryEpoch_AboutAHalf()
    {
        using var loader = Loader(new(Mirroring.Random), batch: 20);

        var epochs = Enumerable.Range(0, 10).Select(epoch => Mirrored(loader, epoch)).ToList();

        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.InRange(epochs.SelectMany(epoch => epoch).Count(mirrored => mirrored), 70, 130);
    }

    [Fact]
    public void Shift_MovesAndReflectsAtTheEdge()
    {
        using var loader = Loader(new(Shift: 2), batch: 20);
        var shifts = new HashSet<(int, int)>();

        foreach (var images in Enumerable.Range(0, 20).SelectMany(epoch => loader.Batches(epoch)).Select(batch => batch.Inputs))
        {
            for (var item = 0; item < 20; item++)
            {
                float[] rows = images[item][1].select(1, 4).ReadFloats(), columns = images[item][2][4].ReadFloats();
                // Row 4 lies two pixels from every edge, so what it shows tells the shift.
                var (down, right) = ((int)rows[4] - 4, (int)columns[4] - 4);
                shifts.Add((down, right));
                for (var place = 0; place < Size; place++)
                {
                    Assert.Equal(Reflected(place + down), rows[place]);
                    Assert.Equal(Reflected(place + right), columns[place]);
                }
            }
        }
        Assert.Equal(25, shifts.Count);

        static float Reflected(int place) => place < 0 ? -place : place >= Size ? 2 * (Size - 1) - place : place;
    }

    [Fact]
    public void Cutout_BlanksASquare()
    {
        using var loader = new PictureLoader(_pictures, ([0, 0, -1], [1, 1, 1]), new(20) { IsTraining = true, Augmentation = new(Cutout: 4), Seed = 1 });

        // With a mean of -1 nothing but a hole is 0 in the last channel.
        var blank = loader.Batches(0).Single().Inputs.select(1, 2).eq(0);

        var areas = blank.sum(1).sum(1).ReadFloats();
        Assert.All(areas, area => Assert.InRange(area, 4, 16));
        Assert.Contains(16, areas);
        var tall = blank.any(2).sum(1).ReadFloats();
        var wide = blank.any(1).sum(1).ReadFloats();
        for (var item = 0; item < areas.Length; item++) Assert.Equal(areas[item], tall[item] * wide[item]);
    }

    [Fact]
    public void Sizes_FollowTheEpoch_AndChannelsLieNextToEachOther()
    {
        using var loader = new PictureLoader(_pictures, plain, new(20) { SizeInEpoch = epoch => epoch == 0 ? 6 : Size });

        var (small, full) = (loader.Batches(0).Single().Inputs, loader.Batches(1).Single().Inputs);

        Assert.Equal([20, 3, 6, 6], small.shape);
        Assert.Equal([20, 3, Size, Size], full.shape);
        Assert.All((Tensor[])[small, full], images => Assert.True(images.permute(0, 2, 3, 1).is_contiguous()));
        Assert.Equal(3, small[3][0].mean().ReadNumber(), 1e-4);
    }

    [Fact]
    public void Batches_AreNormalised()
    {
        using var loader = new PictureLoader(_pictures, _pictures.Statistics(), new(20));

        var images = loader.Batches(0).Single().Inputs;

        Assert.All(images.mean([0, 2, 3]).ReadNumbers(), mean => Assert.Equal(0, mean, 1e-4));
        Assert.All(images.permute(1, 0, 2, 3).reshape(3, -1).std(1).ReadNumbers(), deviation => Assert.Equal(1, deviation, 1e-2));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Shards_TogetherAreTheBatchesOfOne_MovedAlike(int processes)
    {
        PictureAugmentation all = new(Mirroring.Random, Shift: 2, Cutout: 3);
        using var whole = Loader(all);
        var parts = Enumerable.Range(0, processes)
            .Select(rank => new PictureLoader(_pictures, plain, new(8 / processes) { IsTraining = true, Augmentation = all, Seed = 5, Shard = new(rank, processes) })).ToList();

        var expected = whole.Batches(3).ToList();
        var batches = parts.Select(part => part.Batches(3).ToList()).ToList();

        Assert.All(parts, part => Assert.Equal((whole.Count, whole.ItemCount / processes), (part.Count, part.ItemCount)));
        for (var batch = 0; batch < expected.Count; batch++)
        {
            for (var rank = 0; rank < processes; rank++)
            {
                var mine = TensorIndex.Slice(rank, null, processes);
                Assert.True(expected[batch].Inputs[mine].Equals(batches[rank][batch].Inputs));
                Assert.True(expected[batch].Targets[mine].Equals(batches[rank][batch].Targets));
            }
        }
        parts.ForEach(part => part.Dispose());
    }

    [Fact]
    public void Shards_ForTests_ReadEachPictureOnce()
    {
        using var first = new PictureLoader(_pictures, plain, new(4) { Shard = new(0, 3, ShardRemainder.Spread) });
        using var last = new PictureLoader(_pictures, plain, new(4) { Shard = new(2, 3, ShardRemainder.Spread) });

        Assert.Equal((7, 6), (first.ItemCount, last.ItemCount));
        Assert.Equal([0, 3, 6, 9, 12, 15, 18], Items(first, 0));
        Assert.Equal([2, 5, 8, 11, 14, 17], Items(last, 0));
    }

    [Fact]
    public void Batches_LeaveNothingBehind()
    {
        using var loader = Loader(new(Mirroring.Alternating, 2, 3));
        Epoch();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Epoch();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Epoch()
        {
            using var batches = loader.Batches(0).GetEnumerator();
            for (var more = true; more;)
            {
                using var scope = NewDisposeScope();
                more = batches.MoveNext();
            }
        }
    }

    private PictureLoader Loader(PictureAugmentation augmentation, int batch = 8) =>
        new(_pictures, plain, new(batch) { IsTraining = true, Augmentation = augmentation, Seed = 5 });

    private static int[] Items(Batch<Tensor, Tensor> batch) =>
        [.. batch.Inputs.select(1, 0).select(1, 0).select(1, 0).ReadFloats().Select(value => (int)value)];

    private static int[] Items(PictureLoader loader, int epoch) => [.. loader.Batches(epoch).SelectMany(Items)];

    // By picture, in the set's order.
    private static bool[] Mirrored(PictureLoader loader, int epoch)
    {
        var batch = loader.Batches(epoch).Single();
        var first = batch.Inputs.select(1, 2).select(1, 0).select(1, 0).ReadFloats();
        return [.. Items(batch).Zip(first).OrderBy(pair => pair.First).Select(pair => pair.Second > 0)];
    }
}
